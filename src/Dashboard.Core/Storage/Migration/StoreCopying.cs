namespace Dashboard.Core.Storage.Migration;

/// <summary>Copies table by table and page by page. Behind every page the target's mark moves on.</summary>
internal sealed class StoreCopying(IReadOnlyList<StoreTable> tables, IStoreEnd source, IStoreEnd target, int pageSize)
{
    /// <summary>Copies what lies behind the mark.</summary>
    public async Task RunAsync(
        MigrationPlan plan, MigrationMark mark, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken)
    {
        await target.WriteFactsAsync(mark.Write(), cancellationToken);
        var first = mark.Table is null ? 0 : Math.Max(0, tables.ToList().FindIndex(table => table.Name == mark.Table));
        for (var index = first; index < tables.Count; index++)
        {
            var here = new MigrationMark(
                mark.From, MigrationStep.Copy, tables[index].Name, tables[index].Name == mark.Table ? mark.Cursor : null);
            var behind = here with { Table = tables[Math.Min(index + 1, tables.Count - 1)].Name, Cursor = null };
            var (name, total, copied) = plan.Tables[index];
            var before = here.Cursor is null ? 0 : copied;
            await CopyAsync(
                tables[index], here, behind, done => progress?.Report(new(false, name, before + done, total)), cancellationToken);
        }
    }

    private async Task CopyAsync(
        StoreTable table, MigrationMark here, MigrationMark behind, Action<long> report, CancellationToken cancellationToken)
    {
        var (from, to) = (table.In(source.Kind), table.In(target.Kind));
        var done = 0L;
        var reading = from.ReadOnAsync(here.Cursor, pageSize, cancellationToken);
        TablePage page;
        do
        {
            page = await reading;

            // One side reads while the other writes.
            reading = page.Next is null ? reading : from.ReadOnAsync(page.Next, pageSize, cancellationToken);
            if (page.Rows.Count > 0)
            {
                await to.ImportAsync(page.Rows, cancellationToken);
                done += page.Rows.Count;
                report(done);
            }

            // Behind the rows, never before them: a page that is copied twice does no harm.
            var mark = page.Next is null ? behind : here with { Cursor = page.Next };
            await target.WriteFactsAsync(mark.Write(), cancellationToken);
        }
        while (page.Next is not null);
    }
}
