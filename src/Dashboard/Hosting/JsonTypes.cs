namespace Dashboard.Hosting;

/// <summary>What a caller has to send for one of our types, in words.</summary>
internal static class JsonTypes
{
    /// <summary>Takes a type's name as the framework writes it, in full or in C#'s short form.</summary>
    public static string Expected(string type) => type switch
    {
        _ when type.StartsWith("System.Nullable`1[", StringComparison.Ordinal) => Expected(type["System.Nullable`1[".Length..].TrimEnd(']')),
        _ when type.EndsWith('?') => Expected(type[..^1]),
        _ when IsList(type) => "must be an array",
        _ when type.Contains("Dictionary`2", StringComparison.Ordinal) => "must be an object",
        "System.String" or "string" => "must be a string",
        "System.Boolean" or "bool" => "must be true or false",
        "System.Int32" or "System.Int64" or "int" or "long" => "must be a whole number",
        "System.Double" or "System.Decimal" or "double" or "decimal" => "must be a number",
        "System.DateTimeOffset" or "System.DateTime" or "DateTimeOffset" or "DateTime" =>
            "must be a date and time such as 2026-01-15T09:30:00Z",
        "System.TimeSpan" or "TimeSpan" => "must be a duration such as 00:15:00",
        "System.Guid" or "Guid" => "must be a UUID",
        _ => "has the wrong type or a value that is not known",
    };

    private static bool IsList(string type) =>
        type.EndsWith("[]", StringComparison.Ordinal)
        || (type.Contains("`1[", StringComparison.Ordinal)
            && (type.Contains("List`1", StringComparison.Ordinal)
                || type.Contains("Collection`1", StringComparison.Ordinal)
                || type.Contains("Enumerable`1", StringComparison.Ordinal)
                || type.Contains("Set`1", StringComparison.Ordinal)));
}
