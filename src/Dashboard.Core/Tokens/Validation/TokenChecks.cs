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
    ScopeCheck scope)
{
    public IReadOnlyList<ITokenCheck> InOrder { get; } =
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
}
