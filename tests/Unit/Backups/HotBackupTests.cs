using Dashboard.Core.Audit;
using Dashboard.Core.Backups;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Storage.Migration;

namespace Dashboard.Tests.Unit.Backups;

/// <summary>A backup that is made while nodes work holds all that was acknowledged before, and fits together.</summary>
public sealed class HotBackupTests(RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task What_was_there_before_is_in_it_and_what_comes_meanwhile_breaks_nothing(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        var filled = await FilledStore.FillAsync(host);
        var busy = new Busy(host);

        var made = await host.BackUpAsync(progress: busy);

        Assert.True(busy.Issued > 20);
        await host.MoveAsync(kind);
        var result = await host.RestoreAsync(keepsTokens: true);
        await host.ReopenAsync();
        Assert.All(result.Tables, table => Assert.True(table.IsEqual, $"{table}"));
        Assert.Null(await host.CodeAsync(filled.Good.Token));
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.Revoked.Token));
        Assert.True((await host.Get<AuditLog>().VerifyAsync(null, Stop)).Intact);
        if (kind is "sqlite")
        {
            // One moment: nothing of what came later.
            Assert.Equal(made.Header.CreatedAt, made.CompletedAt);
            Assert.Null(await host.Get<Core.Tokens.Ledger.ITokenLedger>().FindAsync(busy.First!, Stop));
        }
    }

    [Fact]
    public async Task In_redis_a_session_that_ends_meanwhile_is_in_it_once()
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("redis", redis.Settings()));
        var filled = await FilledStore.FillAsync(host);
        var ending = new Ending(host, filled.Open.Session.Name);

        var made = await host.BackUpAsync(progress: ending);

        Assert.True(ending.IsDone);
        await host.MoveAsync("sqlite");
        Assert.True((await host.RestoreAsync(keepsTokens: true)).IsEqual);
        Assert.Equal(3, made.Tables.Single(table => table.Name is "sessions").Rows);
    }

    // Issues a token and revokes another behind every page.
    private sealed class Busy(CoreHost host) : IProgress<BackupProgress>
    {
        public int Issued { get; private set; }

        public string? First { get; private set; }

        public void Report(BackupProgress value) => Task.Run(async () =>
        {
            var issued = await host.IssueAsync();
            First ??= issued.TokenId;
            Issued++;
            if (Issued % 3 == 0)
            {
                await host.Get<TokenRevocations>().RevokeAsync(issued.TokenId, "late", TokenBuilder.Somebody, RequestOrigin.None, Stop);
            }
        }).GetAwaiter().GetResult();
    }

    // Behind the first page of sessions, which are read from those that are open to those that have ended.
    private sealed class Ending(CoreHost host, string session) : IProgress<BackupProgress>
    {
        public bool IsDone { get; private set; }

        public void Report(BackupProgress value)
        {
            if (value.Table is "sessions" && !IsDone)
            {
                IsDone = true;
                Task.Run(() => host.Get<Core.Sessions.ISessionStore>().EndAsync(
                    new Core.Sessions.SessionEnd(session, Core.Sessions.SessionEndReason.SignedOut, host.Clock.GetUtcNow()),
                    new AuditEntry(TokenBuilder.Somebody, "session.ended", "session", session),
                    Stop)).GetAwaiter().GetResult();
            }
        }
    }
}
