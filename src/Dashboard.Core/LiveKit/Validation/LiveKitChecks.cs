using Dashboard.Core.Tokens.Validation;
using Dashboard.Core.Tokens.Validation.Checks;

namespace Dashboard.Core.LiveKit.Validation;

/// <summary>The list of checks of tokens for LiveKit: those of its server, in its order, and then what Signet knows besides.</summary>
internal sealed class LiveKitChecks(
    LiveKitKey key,
    LiveKitShape shape,
    FormatCheck format,
    LiveKitAlgorithmCheck algorithm,
    LiveKitTypeCheck type,
    LiveKitIssuerCheck issuer,
    SignatureCheck signature,
    LiveKitClaimsCheck claims,
    LiveKitLifetimeCheck lifetime,
    LiveKitLedgerCheck ledger,
    RevocationCheck revocation,
    SubjectCheck subject)
{
    public IReadOnlyList<ITokenCheck> InOrder { get; } =
    [
        format,
        algorithm,
        type,
        issuer,
        signature,
        claims,
        lifetime,
        ledger,
        new CheckOfOurs(revocation, "Signet did not issue it, and so cannot revoke it."),
        new CheckOfOurs(subject, "Signet did not issue it, and knows nothing of whoever holds it."),
    ];

    /// <summary>
    /// True for a token that these checks judge, because it looks like one of LiveKit or shall be used as one. It is then verified
    /// with LiveKit's secret, where there is one.
    /// </summary>
    public bool Take(TokenUnderCheck token)
    {
        token.IsForLiveKit = token.Context.Use is TokenUse.LiveKit || (token.Parsed is { } parsed && shape.LooksLike(parsed));
        if (token.IsForLiveKit)
        {
            token.Key = key.IsThere ? key : null;
        }

        return token.IsForLiveKit;
    }

    /// <summary>A check that only a token of the ledger needs.</summary>
    private sealed class CheckOfOurs(ITokenCheck check, string otherwise) : ITokenCheck
    {
        public string Name => check.Name;

        public string Title => check.Title;

        public ValueTask<CheckOutcome> RunAsync(TokenUnderCheck token, CancellationToken cancellationToken) =>
            token.Known is not null ? check.RunAsync(token, cancellationToken)
            : token.SignatureVerified ? new(CheckOutcome.Passed(token.Explain ? otherwise : null))
            : new(CheckOutcome.NotReached("Without a genuine signature nobody can say whose it is."));
    }
}
