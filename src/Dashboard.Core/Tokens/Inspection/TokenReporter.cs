using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.LiveKit.Inspection;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.Inspection;

/// <summary>
/// Answers "why does this token fail": the same list of checks that gives the verdict, read to its end. Changes nothing and
/// counts as no presentation.
/// </summary>
public sealed class TokenReporter
{
    private readonly TokenChecks _checks;
    private readonly ITokenLedger _ledger;
    private readonly RevocationList _revocations;
    private readonly IssuerKeys _issuers;
    private readonly SignetOptions _signet;
    private readonly TimeProvider _clock;

    internal TokenReporter(
        TokenChecks checks,
        ITokenLedger ledger,
        RevocationList revocations,
        IssuerKeys issuers,
        IOptions<SignetOptions> signet,
        TimeProvider clock) =>
        (_checks, _ledger, _revocations, _issuers, _signet, _clock) =
        (checks, ledger, revocations, issuers, signet.Value, clock);

    /// <summary>Runs every check. The cause is that of the first one that fails, which is also the verdict's.</summary>
    /// <exception cref="StoreUnavailableException">The ledger cannot be read.</exception>
    public async Task<TokenReport> ReportAsync(string token, ValidationContext context, CancellationToken cancellationToken)
    {
        var subject = new TokenUnderCheck(token, context, context.At ?? _clock.GetUtcNow(), explain: true);
        List<CheckResult> results = [];
        (TokenRefusal Reason, string Detail)? first = null;
        foreach (var check in _checks.For(subject))
        {
            var outcome = await check.RunAsync(subject, cancellationToken);
            var failed = outcome.Status is CheckStatus.Failed;
            results.Add(new CheckResult(
                check.Name, check.Title, outcome.Status, failed ? outcome.Reason.Code : null, outcome.Detail ?? ""));
            first ??= failed ? (outcome.Reason, outcome.Detail!) : null;
        }

        var issuer = IssuerOf(subject);
        return new TokenReport
        {
            Accepted = first is null,
            Code = first?.Reason.Code,
            Cause = first?.Detail ?? (subject.IsForLiveKit
                ? "The LiveKit server lets its holder in, here and now."
                : "The token is good here and now."),
            NextStep = subject.IsForLiveKit ? LiveKitNextSteps.For(first?.Reason)
                : context.Key is not null && issuer is not null ? GivenKeySteps.For(first?.Reason, issuer)
                : NextSteps.For(first?.Reason, issuer),
            Checks = results,
            ClaimsAreVerified = subject.SignatureVerified,
            Header = subject.Parsed?.Header,
            Claims = subject.Parsed?.Claims,
            Ledger = await FindRowAsync(subject, cancellationToken),
            Issuer = issuer,
            LiveKit = subject is { IsForLiveKit: true, Parsed: { } parsed }
                ? LiveKitReport.Of(parsed.Claims, LiveKitVerifiers.AnswersFor(subject))
                : null,
            Context = new ReportContext(
                context.Audience ?? (subject.Issuer is { } foreign ? string.Join(' ', foreign.Audiences) : _signet.Audience), context.RequiredScopes, context.Fingerprint is not null, subject.Now),
        };
    }

    private ReportIssuer? IssuerOf(TokenUnderCheck subject)
    {
        if (subject.Issuer is not { } issuer)
        {
            return null;
        }

        var known = _issuers.Peek(issuer);
        return new ReportIssuer(
            issuer.Name, issuer.Issuer, IssuerHealth.StateOf(issuer, known, _clock.GetUtcNow()), known.FetchedAt, known.Fault);
    }

    private async Task<LedgerEntry?> FindRowAsync(TokenUnderCheck subject, CancellationToken cancellationToken) =>
        subject.Known is { } known && await _ledger.FindAsync(known.TokenId, cancellationToken) is { } entry
            ? entry with { Revoked = _revocations.StampOf(entry) }
            : null;
}
