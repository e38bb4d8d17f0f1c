using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting.Tokens;

namespace Dashboard.Commands.Tokens;

/// <summary><c>tokens revoke &lt;token&gt;</c>.</summary>
internal sealed class SingleRevocationRun(CommandRun run, IServiceProvider services)
{
    private const string StandardInput = "-";

    private static readonly RequestOrigin Console = RequestOrigin.None with { Endpoint = "command line" };

    private readonly TokenDirectory _directory = services.GetRequiredService<TokenDirectory>();

    /// <summary>Asks, and revokes one token.</summary>
    /// <param name="given">A jti, a token, or <c>-</c> for either on standard input.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<int> RunAsync(string given, CancellationToken cancellationToken)
    {
        var text = (given is StandardInput ? await run.Console.In().ReadToEndAsync(cancellationToken) : given).Trim();

        // No jti has dots; a signed token has two.
        if (!text.Contains('.', StringComparison.Ordinal))
        {
            return await RevokeAsync(await _directory.FindAsync(text, cancellationToken), cancellationToken);
        }

        // Only a genuine signature says whose jti it is.
        var report = await services.GetRequiredService<TokenReporter>()
            .ReportAsync(text, new ValidationContext { IsHandedOn = true }, cancellationToken);
        return report.ClaimsAreVerified
            ? await RevokeAsync(report.Ledger, cancellationToken)
            : run.RefuseInvalid(new FieldFault(
                "token", "is not a token with a genuine signature of this server, so nothing was revoked"));
    }

    private async Task<int> RevokeAsync(LedgerEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is null)
        {
            return TokenAnswers.Unknown(run);
        }

        // What was revoked before needs no question, unless there is to be no change at all.
        var trial = RevocationAnswer.OfTrial(entry, _directory.StatusOf(entry));
        if ((!trial.Already || run.IsDryRun) && run.Settle(ConsequenceOf(entry, trial), trial) is { } ended)
        {
            return ended;
        }

        return await services.GetRequiredService<TokenRevocations>()
            .RevokeAsync(entry.TokenId, run.Reason, CommandRun.Who, Console, cancellationToken) switch
        {
            TokenRevocationOutcome.Revoked { Stamp: var stamp } => run.Answer(
                new RevocationAnswer(entry.TokenId, false, stamp.At), $"{entry.TokenId} is revoked."),
            TokenRevocationOutcome.Already { Stamp: var stamp } => run.Answer(
                new RevocationAnswer(entry.TokenId, true, stamp.At),
                $"{entry.TokenId} had been revoked already, on {CommandText.Time(stamp.At)} by {CommandText.Plain(stamp.By)}. Nothing changed."),
            _ => TokenAnswers.Unknown(run),
        };
    }

    private static string ConsequenceOf(LedgerEntry entry, RevocationAnswer trial) => trial.Already
        ? $"{entry.TokenId} is revoked already."
        : $"{entry.TokenId} of {CommandText.Plain(entry.Subject)} is revoked. {TokenAnswers.Consequence(trial.OfflineUntil)}";
}
