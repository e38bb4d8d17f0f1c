namespace Dashboard.Keys;

/// <summary>The addresses of the pages of keys.</summary>
internal static class KeysAddress
{
    public const string Path = "/keys";

    public const string New = "/keys/new";

    /// <summary>The page with the chart over a time.</summary>
    public static string Of(KeyRange range) => range is KeyRange.All ? Path : $"{Path}?range={range.Name}";

    /// <summary>The live tokens that a key signed.</summary>
    public static string OfTokens(string keyId) => $"/tokens?status=live&key={Uri.EscapeDataString(keyId)}";

    /// <summary>Where the public part is downloaded.</summary>
    public static string OfPublicPart(string keyId, string format) =>
        $"/dashboard/keys/{Uri.EscapeDataString(keyId)}/public?format={format}";
}

/// <summary>The time that the chart shows.</summary>
internal enum KeyRange
{
    All,
    Month,
    Quarter,
    Year,
}

internal static class KeyRanges
{
    extension(KeyRange range)
    {
        /// <summary>As the address says it.</summary>
        public string Name => range switch
        {
            KeyRange.Month => "30d",
            KeyRange.Quarter => "90d",
            KeyRange.Year => "1y",
            _ => "all",
        };

        /// <summary>How long it goes back; null for as long as there are keys.</summary>
        public TimeSpan? Length => range switch
        {
            KeyRange.Month => TimeSpan.FromDays(30),
            KeyRange.Quarter => TimeSpan.FromDays(90),
            KeyRange.Year => TimeSpan.FromDays(365),
            _ => null,
        };
    }

    /// <summary>Reads a name; everything else is all there is.</summary>
    public static KeyRange Parse(string? name) =>
        Enum.GetValues<KeyRange>().FirstOrDefault(range => range.Name == name);
}
