using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Sharing.Redis;

/// <summary>Shared reports for migrations: each with its report, as a table has them.</summary>
internal sealed class RedisReportShareTable(RedisDatabase database) : IStoreTable
{
    private static readonly RedisJsonColumns Columns = new(bytes: ["hash"]);

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.RunAsync(redis => redis.HashLengthAsync(database.Keys.ReportShares), cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var facts = await database.RunAsync(redis => redis.HashGetAllAsync(database.Keys.ReportShares), cancellationToken);
        var reports = (await database.RunAsync(redis => redis.HashGetAllAsync(database.Keys.ReportShareTexts), cancellationToken))
            .ToDictionary(field => field.Name, field => field.Value);
        return new TablePage(
            [
                .. facts.Where(field => reports.ContainsKey(field.Name))
                    .Select(field => Columns.Read(field.Value!, ("report", reports[field.Name].ToString()))),
            ],
            null);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => database.RunAsync(
        async redis =>
        {
            await redis.HashSetAsync(
                database.Keys.ReportShareTexts, [.. rows.Select(row => new HashEntry(row.Text("id"), row.Text("report")))]);
            await redis.HashSetAsync(
                database.Keys.ReportShares, [.. rows.Select(row => new HashEntry(row.Text("id"), RedisJson.Write(FactsOf(row))))]);
            return true;
        },
        cancellationToken);

    // Through the row's own type, so that it is written as ever.
    private static ReportShareRow FactsOf(StoreRow row) => RedisJson.Read<ReportShareRow>(Columns.Write(row, "report"));
}
