using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Keys.Uses;
using Dashboard.Core.LiveKit.Inspection;
using Dashboard.Core.Primitives;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Tokens.Memory;
using Dashboard.Core.Tokens.Presentations;

namespace Dashboard.Core.Tokens.Validation;

/// <summary>
/// Answers "is this token good, here, now": the one list of checks, read up to the first that fails. Pages, endpoints and
/// commands all ask here.
/// </summary>
public sealed class TokenValidator
{
    private readonly TokenChecks _checks;
    private readonly TokenMemory _memory;
    private readonly PresentationRecorder _presentations;
    private readonly RefusalRecorder _refusals;
    private readonly KeyUses _uses;
    private readonly SignetMeters _meters;
    private readonly TimeProvider _clock;

    internal TokenValidator(
        TokenChecks checks,
        TokenMemory memory,
        PresentationRecorder presentations,
        RefusalRecorder refusals,
        KeyUses uses,
        SignetMeters meters,
        TimeProvider clock) =>
        (_checks, _memory, _presentations, _refusals, _uses, _meters, _clock) =
        (checks, memory, presentations, refusals, uses, meters, clock);

    /// <summary>
    /// Judges a token. A refusal is recorded with its whole report under the request's reference; an acceptance of one of ours counts
    /// as a presentation.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Memory has no answer and the store cannot be read.</exception>
    public async ValueTask<TokenVerdict> ValidateAsync(
        string token, ValidationContext context, CancellationToken cancellationToken)
    {
        if (context.Key is not null)
        {
            throw new ArgumentException("A key that somebody gave explains a token and lets nobody in.", nameof(context));
        }

        using var span = Spans.StartValidate();
        var verdict = await JudgeAsync(token, context, cancellationToken);
        switch (verdict)
        {
            case TokenVerdict.Accepted { Token.Kind: { } kind }:
                span?.SetTag(TelemetryNames.TokenKind, kind.Name);
                _meters.TokenValidated();
                break;
            case TokenVerdict.Accepted:
                _meters.TokenValidated();
                break;
            case TokenVerdict.Refused refused:
                span.SetRefused(refused.Reason.Code);
                _meters.TokenRefused(refused.Reason.Code);
                break;
        }

        return verdict;
    }

    private async ValueTask<TokenVerdict> JudgeAsync(string token, ValidationContext context, CancellationToken cancellationToken)
    {
        var hash = TokenHash.Of(token);
        var verified = _memory.FindVerified(hash);
        var subject = new TokenUnderCheck(token, context, context.At ?? _clock.GetUtcNow(), explain: false)
        {
            Parsed = verified?.Token,
            SeenBefore = verified is not null,
            VerifiedBefore = verified?.ForeignKey,
        };

        foreach (var check in _checks.For(subject))
        {
            var outcome = await check.RunAsync(subject, cancellationToken);
            if (outcome.Status is not CheckStatus.Passed)
            {
                return await RefuseAsync(subject, outcome, cancellationToken);
            }
        }

        if (subject.IsForLiveKit)
        {
            return AcceptForLiveKit(subject);
        }

        if (!subject.SeenBefore)
        {
            _memory.AddVerified(hash, new VerifiedToken(subject.Parsed!, subject.Issuer is null ? null : subject.Key));
        }

        return subject.Issuer is { } issuer ? AcceptForeign(subject.Parsed!, issuer) : Accept(subject);
    }

    // Not a presentation: there is no row of it. Nothing that it says can pass for what one of ours says.
    private static TokenVerdict.Accepted AcceptForeign(ParsedToken parsed, TrustedIssuer issuer)
    {
        var claims = parsed.Values;
        var client = claims.Client ?? claims.AuthorizedParty;
        return new TokenVerdict.Accepted(new AcceptedToken(
            claims.TokenId,
            null,
            issuer.Qualify(claims.Subject!),
            client is null ? null : issuer.Qualify(client),
            AgentId: null,
            Role: null,
            Session: null,
            claims.Scopes,
            claims.IssuedAt!.Value,
            claims.ExpiresAt!.Value,
            parsed.Claims)
        {
            Issuer = issuer.Issuer,
        });
    }

    // One that another program made with the same secret has no row, and so is no presentation.
    private TokenVerdict.Accepted AcceptForLiveKit(TokenUnderCheck subject)
    {
        var (claims, known) = (subject.Parsed!.Values, subject.Known);
        if (known is not null)
        {
            _presentations.Record(known.TokenId, subject.Context.Origin, subject.Context.Where);
        }

        return new TokenVerdict.Accepted(new AcceptedToken(
            claims.TokenId,
            TokenKind.LiveKit,
            claims.Subject ?? claims.TokenId ?? claims.Issuer!,
            known?.Client,
            AgentId: null,
            Role: null,
            Session: null,
            [],
            known?.IssuedAt ?? claims.NotBefore ?? claims.IssuedAt ?? subject.Now,
            claims.ExpiresAt!.Value,
            subject.Parsed.Claims)
        {
            LiveKit = LiveKitReport.Of(subject.Parsed.Claims, LiveKitVerifiers.AnswersFor(subject)),
        });
    }

    private TokenVerdict.Accepted Accept(TokenUnderCheck subject)
    {
        var (parsed, known) = (subject.Parsed!, subject.Known!);
        _presentations.Record(known.TokenId, subject.Context.Origin, subject.Context.Where);
        _uses.RecordVerified(known.KeyId);
        var claims = parsed.Values;
        return new TokenVerdict.Accepted(new AcceptedToken(
            known.TokenId,
            known.Kind,
            known.Subject,
            known.Client,
            claims.Agent,
            claims.Role,
            known.Session,
            claims.Scopes,
            known.IssuedAt,
            known.ExpiresAt,
            parsed.Claims));
    }

    private async ValueTask<TokenVerdict> RefuseAsync(
        TokenUnderCheck subject, CheckOutcome outcome, CancellationToken cancellationToken)
    {
        // A check that could not be answered after all before it passed would be a bug; it refuses like any other.
        var reason = outcome.Status is CheckStatus.Failed ? outcome.Reason : TokenRefusal.Malformed;
        await _refusals.RecordAsync(subject, reason, cancellationToken);
        var facts = outcome.Facts ?? RefusalFacts.None;
        return new TokenVerdict.Refused(
            reason,
            outcome.Detail!,
            subject is { IsForLiveKit: true, Context.Use: TokenUse.LiveKit }
                ? facts with { LiveKitError = LiveKitVerifiers.ErrorFor(subject) }
                : facts);
    }
}
