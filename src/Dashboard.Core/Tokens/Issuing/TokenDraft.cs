using Dashboard.Core.Primitives;

namespace Dashboard.Core.Tokens.Issuing;

/// <summary>A token about to be written: the request with every default and every defect filled in.</summary>
internal sealed record TokenDraft
{
    private static readonly TimeSpan DefectDistance = TimeSpan.FromHours(1);

    public required TokenRequest Request { get; init; }

    public required string TokenId { get; init; }

    public required string Issuer { get; init; }

    public required string Audience { get; init; }

    /// <summary>To the millisecond; the claim says whole seconds.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Whole seconds, so that the ledger and the claim agree exactly.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required TimeSpan Lifetime { get; init; }

    public required IReadOnlyDictionary<string, string> DeploymentClaims { get; init; }

    public static TokenDraft From(
        TokenRequest request, SignetOptions signet, TokenOptions options, string tokenId, DateTimeOffset now, TimeSpan lifetime)
    {
        // The claims lie in the past or future where that is the defect; the ledger keeps the true time of issuing.
        var begin = request.Defect switch
        {
            TokenDefect.Expired => now - lifetime - DefectDistance,
            TokenDefect.NotYetValid => now + DefectDistance,
            _ => now,
        };
        return new TokenDraft
        {
            Request = request,
            TokenId = tokenId,
            Issuer = signet.Issuer,
            Audience = request.Defect is TokenDefect.WrongAudience
                ? "urn:signet:test:wrong-audience"
                : request.Kind.OwnAudience ?? request.Audience ?? signet.Audience,
            IssuedAt = now.CutToMilliseconds(),
            NotBefore = WholeSeconds(begin),
            ExpiresAt = WholeSeconds(begin + lifetime),
            Lifetime = lifetime,
            DeploymentClaims = options.ExtraClaims,
        };
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
