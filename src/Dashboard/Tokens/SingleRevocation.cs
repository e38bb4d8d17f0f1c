using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting;
using Dashboard.Hosting.Tokens;
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
                ? TypedResults.Ok(RevocationAnswer.OfTrial(entry, directory.StatusOf(entry)))
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
}
