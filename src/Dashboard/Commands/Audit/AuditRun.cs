using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Hosting;
using Dashboard.Hosting.Audit;

namespace Dashboard.Commands.Audit;

/// <summary><c>audit list</c>, <c>audit show</c> and <c>audit export</c>; each is recorded in the log.</summary>
internal sealed class AuditRun(CommandRun run)
{
    public Task<int> ListAsync(CancellationToken cancellationToken) => WithFilterAsync(
        async (services, filter) =>
        {
            var (cursor, limit) = (run.Parsed.GetValue(VerbOptions.Cursor), run.Parsed.GetValue(VerbOptions.Limit));
            if (PageRules.RefusalOf(null, cursor) is { } refusal)
            {
                return run.Refuse(refusal);
            }

            await services.GetRequiredService<AuditReads>().RecordAsync(CommandRun.Who, AuditQuery.QueryOf(filter), cancellationToken);
            var found = await services.GetRequiredService<AuditLog>().SearchAsync(filter, cursor, limit, cancellationToken);
            if (found.LookedBackTo is { } time)
            {
                run.Note($"Looked back to {CommandText.Time(time)} so far.");
            }

            return run.AnswerPage(AuditPageJson.Of(found), AuditAnswers.TableOf(found.Page.Items), found.Page.NextCursor);
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
            var filter = AuditFilters.Read(run.Parsed, out var faults);
            return faults is [] ? work(services, filter) : Task.FromResult(run.Refuse(Problems.Invalid(faults)));
        },
        cancellationToken);
}
