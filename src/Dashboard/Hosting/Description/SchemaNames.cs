using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Dashboard.Hosting.Description;

/// <summary>What the objects of the API are called in its description: as people call them, not as our types end.</summary>
internal sealed class SchemaNames
{
    private const string Ending = "Json";

    private readonly ConcurrentDictionary<string, Type> _taken = new(StringComparer.Ordinal);

    /// <summary>The name of a type; null for what is written out where it is used.</summary>
    /// <exception cref="InvalidOperationException">Two types would have one name: a bug, which a test finds.</exception>
    public string? Of(JsonTypeInfo type)
    {
        if (type.Type == typeof(JsonElement)
            || Nullable.GetUnderlyingType(type.Type) is not null
            || OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null)
        {
            return null;
        }

        var name = NameOf(type.Type);
        return _taken.GetOrAdd(name, type.Type) == type.Type
            ? name
            : throw new InvalidOperationException($"Two types are called {name} in the API's description.");
    }

    /// <summary>The name without looking at the others.</summary>
    public static string NameOf(Type type)
    {
        var name = type.Name.Split('`')[0];
        var own = name.EndsWith(Ending, StringComparison.Ordinal) ? name[..^Ending.Length] : name;
        return type.IsGenericType ? own + "Of" + string.Concat(type.GetGenericArguments().Select(NameOf)) : own;
    }
}
