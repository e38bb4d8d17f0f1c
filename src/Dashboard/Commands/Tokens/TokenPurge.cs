using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting;
using Microsoft.Extensions.Options;

namespace Dashboard.Commands.Tokens;

/// <summary><c>tokens purge</c>: what servers do every hour.</summary>
internal sealed class TokenPurge(CommandRun run, IServiceProvider services)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await CountDueAsync(cancellationToken);
        var kinds = services.GetRequiredService<PurgeWorker>().Retentions;
        if (run.Settle(
            $"{(due.TotalIsCapped ? "At least " : "")}{TokenAnswers.Count(due.Total, "token")} outlived the ledger’s retention. Whatever else "
            + $"outlived its own goes too: {string.Join(", ", kinds.Select(kind => kind.What))}. Nobody can bring back what is deleted.",
            new { tokens = due.Total, tokens_are_capped = due.TotalIsCapped, items = kinds }) is { } ended)
        {
            return ended;
        }

        var progress = new PurgeRunProgress(new CommandProgress(run.Console.Error, services.GetRequiredService<TimeProvider>()));
        return await services.GetRequiredService<PurgeNow>().RunAsync(progress, cancellationToken) is { } done ? Answer(done) : Refuse();
    }

    private async Task<Page<LedgerEntry>> CountDueAsync(CancellationToken cancellationToken)
    {
        var retention = services.GetRequiredService<IOptions<TokenOptions>>().Value.LedgerRetention;
        var due = new LedgerFilter { ExpiresTo = services.GetRequiredService<TimeProvider>().GetUtcNow() - retention };
        return await services.GetRequiredService<TokenDirectory>().ListAsync(due, null, 1, cancellationToken);
    }

    private int Answer(PurgeRun done) => run.Answer(
        new { status = "done", at = done.At, gone = done.Gone },
        writer =>
        {
            var table = new CommandTable("WHAT", "DELETED");
            foreach (var (what, count) in done.Gone)
            {
                table.Add(what, CommandText.Number(count));
            }

            table.Write(writer);
        });

    // Only one may purge, so that no two delete the same: the server that leads.
    private int Refuse() => run.Refuse(
        ErrorCode.Conflict.Name,
        "A server leads, which alone may purge. It was asked to and is not done yet: it goes on by itself. `signet stats` says when it "
        + "was done.");

    private sealed class PurgeRunProgress(CommandProgress progress) : IProgress<PurgeProgress>
    {
        public void Report(PurgeProgress value) => progress.Say(
            value.What is { } what ? $"{what}: {CommandText.Number(value.Done)} deleted" : "The server that leads deletes; waiting for it.");
    }
}
