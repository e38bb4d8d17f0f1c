using Dashboard.Core.LiveKit.Validation;
using Dashboard.Core.Tokens.Validation.Checks;

namespace Dashboard.Core.Tokens.Validation;

/// <summary>The list of checks. Its order decides which refusal a caller hears of first.</summary>
internal sealed class TokenChecks(
    FormatCheck format,
    AlgorithmCheck algorithm,
    IssuerCheck issuer,
    KeyCheck key,
    SignatureCheck signature,
    TypeCheck type,
    RequiredClaimsCheck claims,
    LifetimeCheck lifetime,
    AudienceCheck audience,
    LedgerCheck ledger,
    RevocationCheck revocation,
    SubjectCheck subject,
    BindingCheck binding,
    ScopeCheck scope,
    LiveKitChecks liveKit)
{
    private readonly ITokenCheck[] _ofApis =
    [
        format,
        algorithm,
        issuer,
        key,
        signature,
        type,
        claims,
        lifetime,
        audience,
        ledger,
        revocation,
        subject,
        binding,
        scope,
    ];

    /// <summary>The checks of a token, in their order: those of APIs, or those of LiveKit's servers where it is made for one.</summary>
    public IReadOnlyList<ITokenCheck> For(TokenUnderCheck token)
    {
        token.Read();

        // A key that somebody gave says nothing of LiveKit's secret.
        return token.Context.Key is null && liveKit.Take(token) ? liveKit.InOrder : _ofApis;
    }
}
