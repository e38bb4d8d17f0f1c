using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Clients.Registration.Redis;

/// <summary>The policy for migrations: one row, or none.</summary>
internal sealed class RedisRegistrationPolicyTable(RedisDatabase database) : IStoreTable
{
    private const string Id = "id";

    private static readonly RedisJsonColumns Columns = new();

    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(null, 1, cancellationToken)).Rows.Count;

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var row = await database.RunAsync(redis => redis.StringGetAsync(database.Keys.RegistrationPolicy), cancellationToken);
        return new TablePage(row.IsNull ? [] : [Columns.Read(row!, (Id, 1L))], null);
    }

    // Through the row's own type, so that it is written as ever.
    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => database.RunAsync(
        redis => redis.StringSetAsync(
            database.Keys.RegistrationPolicy,
            RedisJson.Write(RedisJson.Read<RegistrationPolicyRow>(Columns.Write(rows[0], without: Id)))),
        cancellationToken);
}
