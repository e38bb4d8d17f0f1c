using System.Globalization;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Audit.Redis;

/// <summary>Statements about the log for migrations, by number.</summary>
/// <typeparam name="TRow">A statement as Redis keeps it.</typeparam>
internal abstract class RedisStatementTable<TRow>(RedisDatabase database, RedisKey key) : IStoreTable
{
    private static readonly RedisJsonColumns Columns = new();

    private readonly RedisStatements _statements = new(database, key);

    public Task<long> CountAsync(CancellationToken cancellationToken) => _statements.CountAsync(cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var last = after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture);
        var found = await _statements.ReadAsync(last, limit, cancellationToken);
        return new TablePage(
            [.. found.Select(row => Columns.Read(row.Element!))],
            found.Length == limit ? ((long)found[^1].Score).ToString(CultureInfo.InvariantCulture) : null);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => Task.WhenAll(rows.Select(
        row => _statements.AddAsync(row.Number("number"), RedisJson.Read<TRow>(Columns.Write(row)), cancellationToken)));
}
