using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Inspector;

/// <summary>What the operator chose to judge a token against; null members are Signet's defaults.</summary>
public sealed record InspectContext
{
    public static readonly InspectContext Default = new();

    public string? Audience { get; init; }

    /// <summary>Required scopes as typed, separated by spaces or commas.</summary>
    public string? Scopes { get; init; }

    /// <summary>A configured protected resource, whose scopes take the place of <see cref="Scopes"/>.</summary>
    public string? Resource { get; init; }

    public string? Fingerprint { get; init; }

    /// <summary>The clock; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The scopes that are asked for.</summary>
    public IReadOnlyList<string> RequiredScopes(ScopeHierarchy hierarchy) =>
        Resource is { } resource ? hierarchy.FindResource(resource) ?? [] : ScopeText.Split(Scopes);

    /// <summary>For the core. Without an origin: an inspection is no presentation.</summary>
    public ValidationContext For(ScopeHierarchy hierarchy) => new()
    {
        Use = TokenUse.AsItLooks,
        Audience = Audience,
        RequiredScopes = RequiredScopes(hierarchy),
        Fingerprint = Fingerprint,
        IsHandedOn = true,
        AcceptsTrustedIssuers = true,
        At = At,
    };
}
