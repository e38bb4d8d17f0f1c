using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Tokens;

/// <summary>Revokes one token through the API, by its <c>jti</c> or by the token itself, or says what that would do.</summary>
internal sealed class SingleRevocation(TokenRevocations revocations, TokenDirectory directory, TokenReporter reporter)
{
    /// <summary>For a token that was found somewhere. Only a genuine signature says whose <c>jti</c> it is.</summary>
    public async Task<Results<Ok<RevocationAnswer>, ProblemResult>> RevokeTokenAsync(
        string token, string reason, bool isTrial, HttpContext context, CancellationToken cancellationToken)
    {
        var report = await reporter.ReportAsync(token, new ValidationContext { IsHandedOn = true }, cancellationToken);
        if (!report.ClaimsAreVerified)
        {
            return Problems.Invalid(new ValidationError(
                "token", "is not a token with a genuine signature of this server, so nothing was revoked"));
        }

        return report.Ledger is { TokenId: var tokenId }
            ? await RevokeAsync(tokenId, reason, isTrial, context, cancellationToken)
            : NotFound();
    }

    public async Task<Results<Ok<RevocationAnswer>, ProblemResult>> RevokeAsync(
        string tokenId, string reason, bool isTrial, HttpContext context, CancellationToken cancellationToken)
    {
        if (isTrial)
        {
            return await directory.FindAsync(tokenId, cancellationToken) is { } entry
                ? TypedResults.Ok(TrialOf(entry, directory.StatusOf(entry)))
                : NotFound();
        }

        return await revocations.RevokeAsync(tokenId, reason.Trim(), context.Actor(), context.Origin(), cancellationToken) switch
        {
            TokenRevocationOutcome.Revoked { Stamp: var stamp } => TypedResults.Ok(new RevocationAnswer(tokenId, false, stamp.At)),
            TokenRevocationOutcome.Already { Stamp: var stamp } => TypedResults.Ok(new RevocationAnswer(tokenId, true, stamp.At)),
            TokenRevocationOutcome.Unknown => NotFound(),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    internal static ProblemResult NotFound() =>
        Problems.Create(ErrorCode.NotFound, "No token with this jti was issued here, or it was purged after its retention.");

    private static RevocationAnswer TrialOf(LedgerEntry entry, TokenStatus status)
    {
        var matched = status is TokenStatus.Revoked ? 0 : 1;
        return new RevocationAnswer(entry.TokenId, status is TokenStatus.Revoked, entry.Revoked?.At)
        {
            Matched = matched,
            EnforcedAtOnce = matched,
            OfflineUntil = status is TokenStatus.Live ? entry.PassesOfflineUntil : null,
        };
    }
}

/// <summary>The revocation of one token. A trial tells what it would reach instead of doing it.</summary>
/// <param name="Jti">Whose.</param>
/// <param name="Already">True where it had been revoked before.</param>
/// <param name="RevokedAt">When; absent from the trial for a token that is not revoked.</param>
internal sealed record RevocationAnswer(string Jti, bool Already, DateTimeOffset? RevokedAt)
{
    /// <summary>Only in a trial: how many tokens it would revoke, one or none.</summary>
    public long? Matched { get; init; }

    /// <summary>Only in a trial: how many would be refused at once wherever callers ask Signet.</summary>
    public long? EnforcedAtOnce { get; init; }

    /// <summary>Only in a trial: until when a copy could still pass at an API that validates offline.</summary>
    public DateTimeOffset? OfflineUntil { get; init; }
}
