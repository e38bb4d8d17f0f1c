using Dashboard.Core.Tokens.Revocation;
using Dashboard.Hosting.Tokens;

namespace Dashboard.Commands.Tokens;

/// <summary><c>tokens revoke</c> by a cut-off, which is one write, or by a filter, which goes on in batches.</summary>
internal sealed class ManyRevocationRun(CommandRun run, IServiceProvider services)
{
    private readonly TokenRevocations _revocations = services.GetRequiredService<TokenRevocations>();

    /// <summary>Says what would end, asks, and ends it.</summary>
    /// <param name="plan">What is covered.</param>
    /// <param name="issuedBefore">The time until which a cut-off covers; null for now.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public async Task<int> RunAsync(RevocationPlan plan, DateTimeOffset? issuedBefore, CancellationToken cancellationToken)
    {
        var preview = await _revocations.PreviewAsync(plan.Filter, cancellationToken);
        if (run.Settle(ConsequenceOf(plan, issuedBefore, preview), PreviewJson.Of(preview)) is { } ended)
        {
            return ended;
        }

        return plan.Scope is RevocationScope.Filter
            ? await RevokeMatchingAsync(plan, preview, cancellationToken)
            : await CutOffAsync(plan, issuedBefore, preview, cancellationToken);
    }

    private async Task<int> CutOffAsync(
        RevocationPlan plan, DateTimeOffset? issuedBefore, RevocationPreview preview, CancellationToken cancellationToken)
    {
        var cutOff = await _revocations.CutOffAsync(
            plan.Scope, plan.Value, issuedBefore, run.Reason, CommandRun.Who, cancellationToken);
        return run.Answer(
            RevocationJson.Of(cutOff, PreviewJson.Of(preview)),
            $"In force now: {NameOf(plan)} that was issued until {CommandText.Time(cutOff.IssuedBefore)} is refused. Revocation {cutOff.Id}; the "
            + "rows of the ledger follow when a server runs.");
    }

    private async Task<int> RevokeMatchingAsync(RevocationPlan plan, RevocationPreview preview, CancellationToken cancellationToken)
    {
        var started = await _revocations.RevokeMatchingAsync(plan.Filter, run.Reason, CommandRun.Who, cancellationToken);
        await run.Console.Error.WriteLineAsync(
            $"Revocation {started.Id} has begun. Where this is interrupted, a server goes on with it.");
        var progress = new CommandProgress(run.Console.Error, services.GetRequiredService<TimeProvider>());
        var done = await _revocations.FinishAsync(
            started,
            at => progress.Say($"Revoked so far: {CommandText.Number(at.RevokedTokens)}"),
            cancellationToken);
        return run.Answer(
            RevocationJson.Of(done, PreviewJson.Of(preview)),
            done.State is RevocationState.Cancelled
                ? $"Somebody stopped it. {TokenAnswers.Count(done.RevokedTokens, "token")} stay revoked."
                : $"Revoked: {TokenAnswers.Count(done.RevokedTokens, "token")}.",
            done.State is RevocationState.Cancelled ? ExitCodes.No : ExitCodes.Done);
    }

    private static string ConsequenceOf(RevocationPlan plan, DateTimeOffset? issuedBefore, RevocationPreview preview) =>
        $"{TokenAnswers.Reach(preview)} are revoked: {NameOf(plan)} that was issued until "
        + $"{(issuedBefore is { } limit ? CommandText.Time(limit) : "now")}. "
        + TokenAnswers.Consequence(preview.LastExpiryAt);

    private static string NameOf(RevocationPlan plan) => plan.Scope switch
    {
        RevocationScope.Filter => "everything that matches the filter and",
        RevocationScope.All => "everything",
        var scope => $"everything of the {scope.ToString().ToLowerInvariant()} {CommandText.Plain(plan.Value)}",
    };
}
