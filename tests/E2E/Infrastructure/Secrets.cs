using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>
/// Every secret that any test sends or is given, noted where it passes by, and what all secrets look like. Whatever Signet writes is
/// searched for both.
/// </summary>
internal static partial class Secrets
{
    // Shorter ones are words and numbers that stand everywhere.
    private const int Shortest = 12;
    private const int ShortestCookie = 16;

    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "access_token", "agent_key", "api_key", "assertion", "client_assertion", "client_secret", "code_verifier", "current_password",
        "d", "id_token", "k", "new_password", "password", "pem", "private_key", "recovery_codes", "refresh_token",
        "registration_access_token", "secret", "subject_token", "temp_token", "token",
    };

    private static readonly ConcurrentDictionary<string, bool> All = new(StringComparer.Ordinal);

    /// <summary>Notes one, also as addresses and forms write it.</summary>
    public static void Note(string? secret)
    {
        if (secret is { Length: >= Shortest })
        {
            All.TryAdd(secret, true);
            All.TryAdd(Uri.EscapeDataString(secret), true);
            All.TryAdd(JsonSerializer.Serialize(secret)[1..^1], true);
        }
    }

    /// <summary>Notes the value of a cookie.</summary>
    public static void NoteCookie(string value)
    {
        if (value.Length >= ShortestCookie)
        {
            Note(value);
        }
    }

    /// <summary>Notes what an <c>Authorization</c> header proves itself with.</summary>
    public static void Note(AuthenticationHeaderValue? authorization) => Note(authorization?.Parameter);

    /// <summary>Notes the secrets of a form, or of the query of an address.</summary>
    public static void NoteForm(string? form)
    {
        var fields = HttpUtility.ParseQueryString(form ?? "");
        foreach (var name in fields.AllKeys.OfType<string>().Where(name => SecretField().IsMatch(name)))
        {
            // Kinds of tokens and codes of refusals are named in such fields, too.
            Note(Word().IsMatch(fields[name] ?? "") ? null : fields[name]);
        }
    }

    /// <summary>Notes the secrets of a JSON document; nothing of what is none.</summary>
    public static void NoteJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            Note(document.RootElement);
        }
        catch (JsonException)
        {
            // Tests send that, too.
        }
    }

    /// <summary>Notes the values of the claims that a request asks for.</summary>
    public static void NoteClaims(JsonElement request)
    {
        foreach (var name in (string[])["claims", "extra_claims"])
        {
            if (request.ValueKind is JsonValueKind.Object
                && request.TryGetProperty(name, out var claims) && claims.ValueKind is JsonValueKind.Object)
            {
                claims.EnumerateObject().ToList().ForEach(claim => Note(TextOf(claim.Value)));
            }
        }
    }

    /// <summary>Notes the members with secrets, however deep.</summary>
    public static void Note(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Note(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    NoteTexts(member);
                    Note(member.Value);
                }

                break;
        }
    }

    /// <summary>What of it all stands in a text, shortened; null where nothing does.</summary>
    public static string? FindIn(string text)
    {
        if (Shape().Match(text) is { Success: true } match)
        {
            return Around(text, match.Index);
        }

        var found = text.AsSpan().IndexOfAny(SearchValues.Create([.. All.Keys], StringComparison.Ordinal));
        return found < 0 ? null : Around(text, found);
    }

    private static void NoteTexts(JsonProperty member)
    {
        if (Members.Contains(member.Name))
        {
            Note(TextOf(member.Value));
            if (member.Value.ValueKind is JsonValueKind.Array)
            {
                member.Value.EnumerateArray().ToList().ForEach(item => Note(TextOf(item)));
            }
        }
    }

    private static string? TextOf(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string Around(string text, int index)
    {
        var start = Math.Max(0, index - 200);
        return new StringBuilder(text[start..Math.Min(text.Length, index + 60)]).Replace('\0', ' ').ToString();
    }

    // A JWT, a secret of ours (all begin so), a private key.
    [GeneratedRegex(
        "eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}|sgt_[a-z]+_[A-Za-z0-9_-]{30,}|-----BEGIN [A-Z ]*PRIVATE KEY",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();

    [GeneratedRegex("^[A-Za-z_]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex("password|token|secret|^code$|verifier|assertion", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex SecretField();
}
