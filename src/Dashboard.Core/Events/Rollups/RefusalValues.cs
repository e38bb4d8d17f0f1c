namespace Dashboard.Core.Events.Rollups;

/// <summary>By what one refusal is counted; empty where it is unknown.</summary>
internal readonly record struct RefusalValues(string Client, string Endpoint, string Address, string Subject)
{
    // Longer ones are cut: they name nothing that is known here.
    private const int Longest = 200;

    /// <summary>Stands between values; no value holds it.</summary>
    public const char Separator = '\u001f';

    private static readonly string SeparatorText = Separator.ToString();

    /// <summary>All four in one text.</summary>
    public string Key => string.Join(Separator, Client, Endpoint, Address, Subject);

    public static RefusalValues Of(SecurityEvent refused) => new(
        Clean(refused.Client), Clean(refused.Origin.Endpoint), Clean(refused.Origin.Ip), Clean(refused.Subject));

    /// <summary>A value as it is counted, for finding it again.</summary>
    public static string Clean(string? value) => value switch
    {
        null => "",
        { Length: > Longest } => Clean(value[..Longest]),
        _ when value.Contains(Separator, StringComparison.Ordinal) => value.Replace(SeparatorText, "", StringComparison.Ordinal),
        _ => value,
    };

    /// <summary>The value of a facet.</summary>
    public string this[RollupFacet facet] => facet switch
    {
        RollupFacet.Total => "",
        RollupFacet.Client => Client,
        RollupFacet.Endpoint => Endpoint,
        RollupFacet.Address => Address,
        RollupFacet.Subject => Subject,
        RollupFacet.All => Key,
        _ => throw new ArgumentOutOfRangeException(nameof(facet), facet, "No such facet."),
    };

    /// <summary>True where a filter covers a <see cref="Key"/>.</summary>
    public static bool Covers(RefusalFilter filter, ReadOnlySpan<char> key)
    {
        Span<Range> parts = stackalloc Range[5];
        return key.Split(parts, Separator) == 4
            && Is(filter.Client, key[parts[0]])
            && Is(filter.Endpoint, key[parts[1]])
            && Is(filter.Address, key[parts[2]])
            && Is(filter.Subject, key[parts[3]]);
    }

    private static bool Is(string? wanted, ReadOnlySpan<char> value) => wanted is null || value.SequenceEqual(Clean(wanted));
}
