using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Webhooks.Notices.Sqlite;

internal sealed class SqliteAlertNoticeStore(SqliteDatabase database) : IAlertNoticeStore
{
    public Task<long> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<long>("SELECT number FROM alert_notices;"));

    public Task AdvanceAsync(long number, CancellationToken cancellationToken) => database.WriteAsync(
        write => write.Execute(
            """
            INSERT INTO alert_notices (id, number) VALUES (1, $number)
            ON CONFLICT (id) DO UPDATE SET number = MAX(number, excluded.number);
            """,
            ("$number", number)),
        cancellationToken);
}
