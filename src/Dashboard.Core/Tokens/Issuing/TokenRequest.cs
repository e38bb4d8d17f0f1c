using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Tokens.Issuing;

/// <summary>What a token shall say.</summary>
public sealed record TokenRequest
{
    public required TokenKind Kind { get; init; }

    /// <summary>1 to 255 characters.</summary>
    public required string Subject { get; init; }

    /// <summary>The <c>aud</c>; null for Signet's own audience.</summary>
    public string? Audience { get; init; }

    public string? Client { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>How long it lives; null for the kind's default, never more than the policy's maximum.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>What it is signed with; null for the default, which also stands in for one whose key is not ready.</summary>
    public KeyAlgorithm? Algorithm { get; init; }

    /// <summary>The public name of the session it belongs to; null where it belongs to none.</summary>
    public string? Session { get; init; }

    /// <summary>The refresh token's family that it comes of; null where it comes of none.</summary>
    public string? Family { get; init; }

    /// <summary>When that family was granted; null without one.</summary>
    public DateTimeOffset? GrantedAt { get; internal init; }

    /// <summary>The name of the person that it speaks for, who allowed it: only a grant says so.</summary>
    public string? UserName { get; internal init; }

    /// <summary>The operator's role, for operator tokens.</summary>
    public string? Role { get; init; }

    public string? AgentId { get; init; }

    /// <summary>HMAC of the fingerprint it is bound to; null for an unbound token.</summary>
    public string? FingerprintHash { get; init; }

    /// <summary>HMAC of the address it is bound to; null for a token that is good from anywhere.</summary>
    public string? AddressHash { get; init; }

    /// <summary>HMAC of the User-Agent it is bound to; null for a token that any program may send.</summary>
    public string? UserAgentHash { get; init; }

    /// <summary>More claims, a JSON object; none may be one of <see cref="ClaimNames.Reserved"/>.</summary>
    public JsonElement? ExtraClaims { get; init; }

    /// <summary>Makes a token that can never validate, for testing how others refuse it.</summary>
    public TokenDefect? Defect { get; init; }

    /// <summary>Who asks. With <see cref="Audited"/> the audit log says so.</summary>
    public required Actor Who { get; init; }

    /// <summary>Why, in the person's words; null where nobody was asked.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the request came from, for the event; none where nothing was requested.</summary>
    public RequestOrigin Origin { get; init; } = RequestOrigin.None;

    /// <summary>True where a person asked, so that the audit log must know.</summary>
    public bool Audited { get; init; }
}

/// <summary>What is wrong with a test token. Such a token is revoked before it is issued.</summary>
public abstract record TokenDefect
{
    private TokenDefect()
    {
    }

    /// <summary>The short name that the ledger and the pages show.</summary>
    public abstract string Name { get; }

    public sealed record Expired : TokenDefect
    {
        public override string Name => "expired";
    }

    public sealed record NotYetValid : TokenDefect
    {
        public override string Name => "not_yet_valid";
    }

    public sealed record InvalidSignature : TokenDefect
    {
        public override string Name => "invalid_signature";
    }

    public sealed record WrongAudience : TokenDefect
    {
        public override string Name => "wrong_audience";
    }

    /// <summary>Leaves one claim out.</summary>
    public sealed record MissingClaim(string Claim) : TokenDefect
    {
        public override string Name => $"missing_claim:{Claim}";
    }

    /// <summary>Every name that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "expired", "not_yet_valid", "invalid_signature", "wrong_audience",
        "missing_claim:sub", "missing_claim:iss", "missing_claim:exp", "missing_claim:jti", "missing_claim:iat", "missing_claim:aud",
    ];

    /// <summary>Reads a name as <see cref="Name"/> writes it; null for one that is none.</summary>
    public static TokenDefect? Parse(string? name) => name switch
    {
        "expired" => new Expired(),
        "not_yet_valid" => new NotYetValid(),
        "invalid_signature" => new InvalidSignature(),
        "wrong_audience" => new WrongAudience(),
        not null when name.StartsWith("missing_claim:", StringComparison.Ordinal)
            && name["missing_claim:".Length..] is "sub" or "iss" or "exp" or "jti" or "iat" or "aud" =>
            new MissingClaim(name["missing_claim:".Length..]),
        _ => null,
    };
}

/// <summary>What became of a request for a token.</summary>
public abstract record TokenIssueOutcome
{
    private TokenIssueOutcome()
    {
    }

    /// <summary>The token is in the ledger, on disk.</summary>
    /// <param name="Token">The compact serialization; nobody keeps it but the receiver.</param>
    /// <param name="TokenId">Its <c>jti</c>.</param>
    /// <param name="ExpiresAt">When it expires, whole seconds.</param>
    /// <param name="Lifetime">From now until then.</param>
    public sealed record Issued(string Token, string TokenId, DateTimeOffset ExpiresAt, TimeSpan Lifetime) : TokenIssueOutcome;

    /// <summary>Nothing was issued; every fault is named with the field it is in.</summary>
    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : TokenIssueOutcome;
}
