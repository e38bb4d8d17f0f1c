using Dashboard.Core.Keys.Public;

namespace Dashboard.Core.Keys.Issuers;

/// <summary>Somebody else whose tokens are good here, as configured.</summary>
internal sealed record TrustedIssuer
{
    /// <summary>In <see cref="Types"/>, for tokens without a <c>typ</c>.</summary>
    public const string NoType = "none";

    /// <summary>The <see cref="Types"/> of an issuer of whom nothing else is known.</summary>
    public static readonly IReadOnlyList<string> UsualTypes = ["at+jwt", "jwt", NoType];

    /// <summary>What people call it, and its place in addresses.</summary>
    public required string Name { get; init; }

    /// <summary>Its <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    public required IssuerKeySource Source { get; init; }

    public required IReadOnlyList<string> Algorithms { get; init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>In lower case and without <c>application/</c>.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>The key it was configured with; null where its keys are fetched, and where none that was given can be meant.</summary>
    public IVerifyingKey? StaticKey { get; init; }

    /// <summary>True for one that nobody configured: somebody has its key at hand and asks about one token.</summary>
    public bool IsGiven { get; init; }

    /// <summary>Where its keys are; null where one was configured.</summary>
    public KeySetPlace? Place { get; init; }

    /// <summary>How long beyond their lifetime its keys stay good while the address fails.</summary>
    public TimeSpan MaximumStaleness { get; init; }

    /// <summary>The <c>typ</c> as it is compared (RFC 9068 section 4): without case and without <c>application/</c>.</summary>
    public static string TypeOf(string? type)
    {
        const string Prefix = "application/";
        var plain = type is null ? NoType : type.ToLowerInvariant();
        return plain.StartsWith(Prefix, StringComparison.Ordinal) ? plain[Prefix.Length..] : plain;
    }

    /// <summary>One name for one subject, wherever it comes from: nobody's <c>sub</c> can pass for one of ours.</summary>
    public string Qualify(string name) => $"{Issuer}#{name}";

    /// <summary>Never prints a key.</summary>
    public override string ToString() => $"{Name} ({Issuer})";
}
