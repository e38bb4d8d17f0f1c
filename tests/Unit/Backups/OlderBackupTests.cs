using Dashboard.Core.Events;
using Dashboard.Core.Sessions;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Storage.Migration;

namespace Dashboard.Tests.Unit.Backups;

/// <summary>What was ended after a backup was made is not good again because the backup knows nothing of it.</summary>
public sealed class OlderBackupTests(RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(BackupRoundTripTests.Ways), MemberType = typeof(BackupRoundTripTests))]
    public async Task Nothing_that_was_issued_before_the_restore_is_good(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        var filled = await FilledStore.FillAsync(host);
        await host.BackUpAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Get<TokenRevocations>().RevokeAsync(filled.Good.TokenId, "stolen", TokenBuilder.Somebody, RequestOrigin.None, Stop);
        var late = await host.IssueAsync();

        await host.MoveAsync(to);
        await host.RestoreAsync();
        await host.ReopenAsync();

        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.Good.Token));
        Assert.Equal("TOKEN_UNKNOWN", await host.CodeAsync(late.Token));
        Assert.IsType<SessionLookup.Ended>(await host.Get<SessionDirectory>().FindBySecretAsync(filled.Open.Secret!, Stop));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await host.CodeAsync((await host.IssueAsync()).Token));

        // Also when the cut-off has been written into the ledger, and after another start.
        var running = await host.Get<IRevocationStore>().FindRunningAsync(Stop);
        var cutOff = Assert.Single(running, revocation => revocation.Scope is RevocationScope.All && revocation.Stamp.By == BackupRun.Who.Name);
        while ((await host.Get<IRevocationStore>().ContinueAsync(cutOff.Id, 1_000, Stop)).Revocation.State is RevocationState.Running)
        {
        }

        await host.ReopenAsync();
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.Good.Token));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task A_refresh_token_that_was_used_up_since_gets_nothing(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        var first = new StoredRefreshToken
        {
            Hash = [1, 2, 3],
            TokenId = "refresh-1",
            Family = "family",
            Client = "client",
            Subject = "subject",
            Scope = "",
            IssuedAt = host.Clock.GetUtcNow(),
            GrantedAt = host.Clock.GetUtcNow(),
            ExpiresAt = host.Clock.GetUtcNow().AddDays(30),
        };
        Assert.True(await host.Get<IRefreshTokenStore>().StartAsync(first, [], Stop));
        await host.BackUpAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        await host.MoveAsync(kind);
        await host.RestoreAsync();
        await host.ReopenAsync();

        Assert.True(host.Get<RefreshTokens>().IsRevoked(first));
    }

    [Fact]
    public async Task Tokens_that_are_kept_are_good_and_sessions_go_on()
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", redis.Settings()));
        var filled = await FilledStore.FillAsync(host);
        await host.BackUpAsync();

        await host.MoveAsync("sqlite");
        await host.RestoreAsync(keepsTokens: true);
        await host.ReopenAsync();

        Assert.Null(await host.CodeAsync(filled.Good.Token));
        Assert.IsType<SessionLookup.Live>(await host.Get<SessionDirectory>().FindBySecretAsync(filled.Open.Secret!, Stop));
    }
}
