using System.Text.Json;

namespace Dashboard.OAuth.Registration;

/// <summary>Reads members of a document by the type that they must have; what is null is not there. Keeps the first fault.</summary>
internal sealed class RegistrationMembers(JsonElement root)
{
    /// <summary>What is wrong; null where nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>True where the fault is one of the addresses for answers.</summary>
    public bool IsAboutRedirects => Fault?.StartsWith("redirect_uris", StringComparison.Ordinal) is true;

    public string? Text(string name)
    {
        var found = Find(name);
        if (found is { ValueKind: not JsonValueKind.String })
        {
            Refuse($"{name} must be a string");
            return null;
        }

        return found?.GetString();
    }

    public IReadOnlyList<string>? Texts(string name)
    {
        var found = Find(name);
        if (found is not { } list)
        {
            return null;
        }

        if (list.ValueKind is not JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String))
        {
            Refuse($"{name} must be an array of strings");
            return null;
        }

        return [.. list.EnumerateArray().Select(item => item.GetString()!)];
    }

    /// <summary>The text of an object, as it was sent.</summary>
    public string? Object(string name)
    {
        var found = Find(name);
        if (found is { ValueKind: not JsonValueKind.Object })
        {
            Refuse($"{name} must be an object");
            return null;
        }

        return found?.GetRawText();
    }

    public void Refuse(string fault) => Fault ??= fault;

    private JsonElement? Find(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
}
