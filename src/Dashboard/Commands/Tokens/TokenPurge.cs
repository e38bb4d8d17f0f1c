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
    private readonly PurgeWorker _purge = services.GetRequiredService<PurgeWorker>();

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await CountDueAsync(cancellationToken);
        var kinds = _purge.Retentions;
        if (run.Settle(
            $"{(due.TotalIsCapped ? "At least " : "")}{TokenAnswers.Count(due.Total, "token")} outlived the ledger’s retention. Whatever else "
            + $"outlived its own goes too: {string.Join(", ", kinds.Select(kind => kind.What))}. Nobody can bring back what is deleted.",
            new { tokens = due.Total, tokens_are_capped = due.TotalIsCapped, items = kinds }) is { } ended)
        {
            return ended;
        }

        try
        {
            return await _purge.RunBesideAsync(cancellationToken) is { } done ? Answer(done) : await RefuseAsync(cancellationToken);
        }
        catch (TermOverException)
        {
            return await RefuseAsync(cancellationToken);
        }
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
    private async Task<int> RefuseAsync(CancellationToken cancellationToken) => run.Refuse(
        ErrorCode.Conflict.Name,
        "A running server purges, and so this did not: it does every hour by itself. "
        + (await _purge.FindLastRunAsync(cancellationToken) is { } last ? $"Last time was {CommandText.Time(last.At)}." : "It is about to begin."));
}
