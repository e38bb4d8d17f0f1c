using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Hosting;
using Dashboard.Hosting.Audit;
using AuditJson = Dashboard.Hosting.Audit.AuditJson;

namespace Dashboard.Commands.Audit;

/// <summary><c>audit list</c>, <c>audit show</c> and <c>audit export</c>; each is recorded in the log.</summary>
internal sealed class AuditRun(CommandRun run)
{
    public Task<int> ListAsync(CancellationToken cancellationToken) => WithFilterAsync(
        async (services, filter) =>
        {
            await services.GetRequiredService<AuditReads>().RecordAsync(CommandRun.Who, AuditQuery.QueryOf(filter), cancellationToken);
            return await run.ListAsync(
                (cursor, limit) => services.GetRequiredService<AuditLog>().ListAsync(filter, cursor, limit, cancellationToken),
                AuditJson.Of,
                new CommandTable("NUMBER", "TIME", "WHO", "ACTION", "KIND", "OBJECT", "REASON"),
                (table, entry) => table.Add(
                    entry.Number.ToString(CultureInfo.InvariantCulture),
                    CommandText.Time(entry.At),
                    entry.Who,
                    entry.Action,
                    entry.ObjectKind,
                    entry.ObjectId,
                    entry.Reason));
        },
        cancellationToken);

    public Task<int> ShowAsync(long number, CancellationToken cancellationToken) => run.WithCoreAsync(
        async services =>
        {
            await services.GetRequiredService<AuditReads>().RecordAsync(
                CommandRun.Who, $"#{number.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
            return await services.GetRequiredService<AuditLog>().FindAsync(number, cancellationToken) is { } view
                ? AuditAnswers.Show(run, view)
                : run.Refuse(AuditProblems.UnknownEntry);
        },
        cancellationToken);

    public Task<int> ExportAsync(string? format, CancellationToken cancellationToken) => WithFilterAsync(
        async (services, filter) =>
        {
            var named = format ?? (run.IsJson ? "ndjson" : null);
            if (ExportRules.RefusalOf(named, run.Reason) is { } refusal)
            {
                return run.Refuse(refusal);
            }

            var audit = services.GetRequiredService<AuditLog>();
            var kind = ExportRules.Parse(named)!.Value;
            await AuditExport.RecordAsync(audit, filter, kind, run.Reason, CommandRun.Who, cancellationToken);
            await foreach (var line in AuditExport.Of(audit, filter, kind).ReadLinesAsync(cancellationToken))
            {
                await run.Console.Out.WriteAsync(line);
            }

            return ExitCodes.Done;
        },
        cancellationToken);

    private Task<int> WithFilterAsync(
        Func<IServiceProvider, AuditFilter, Task<int>> work, CancellationToken cancellationToken) => run.WithCoreAsync(
        services =>
        {
            var filter = AuditQuery.Read(name => AuditFilters.Options.Find(run.Parsed, name), out var faults);
            return faults is [] ? work(services, filter) : Task.FromResult(FilterOptions.Refuse(run, faults));
        },
        cancellationToken);
}
