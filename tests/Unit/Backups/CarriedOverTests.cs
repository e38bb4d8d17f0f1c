using Dashboard.Core.Agents;
using Dashboard.Core.Audit;
using Dashboard.Core.Backups;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Storage.Migration;

namespace Dashboard.Tests.Unit.Backups;

/// <summary>A backup that is restored over the store that goes on from it undoes no ending.</summary>
public sealed class CarriedOverTests(RedisServer redis)
{
    private static readonly Actor Who = TokenBuilder.Somebody;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task What_was_ended_since_stays_ended_though_tokens_are_kept(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        var filled = await FilledStore.FillAsync(host);
        var other = await host.IssueAsync(TokenBuilder.Request() with { Subject = "other" });
        var kept = await host.IssueAsync();
        var made = await host.BackUpAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.Get<TokenRevocations>().RevokeAsync(filled.Good.TokenId, "stolen", Who, RequestOrigin.None, Stop);
        await host.Get<TokenRevocations>().CutOffAsync(RevocationScope.Subject, "other", null, "left", Who, Stop);
        Assert.True(await host.Get<IClientStore>().ReplaceAsync(
            (await host.Get<IClientStore>().FindAsync("c-1", Stop))! with { Ended = new ClientEnding(ClientEndReason.Deleted, host.Clock.GetUtcNow(), "Alice") },
            new AuditEntry(Who, "client.deleted", "client", "c-1"),
            Stop));
        Assert.True(await host.Get<IAgentKeyStore>().DeleteAsync("ak_2", new AuditEntry(Who, "agent_key.deleted", "agent_key", "ak_2"), Stop));
        Assert.True(await host.Get<ISessionStore>().EndAsync(
            new SessionEnd(filled.Open.Session.Name, SessionEndReason.SignedOut, host.Clock.GetUtcNow()),
            new AuditEntry(Who, "session.ended", "session", filled.Open.Session.Name),
            Stop));
        var rotated = await host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "monthly"), Who, Stop);
        Assert.IsType<KeyRotationOutcome.Rotated>(rotated);
        var keys = host.Get<KeyRing>().All.Select(key => (key.KeyId, key.State)).ToList();
        var head = await host.Get<AuditLog>().ReadHeadAsync(Stop);

        await host.RebuildAsync();
        var (restore, plan) = await host.PrepareRestoreAsync();
        Assert.Equal(Replaced.LaterStore, plan.Replaces);
        var result = await restore.RunAsync(plan, new RestoreRequest(true, true), BackupRun.Who, null, Stop);
        Assert.All(result.Tables, table => Assert.True(table.IsEqual, $"{table}"));
        await host.ReopenAsync();

        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.Good.Token));
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(other.Token));
        Assert.Null(await host.CodeAsync(kept.Token));
        Assert.NotNull((await host.Get<IClientStore>().FindAsync("c-1", Stop))!.Ended);
        Assert.Null((await host.Get<IClientStore>().FindAsync("c-2", Stop))!.Ended);
        Assert.DoesNotContain(await host.Get<IAgentKeyStore>().ReadAsync(Stop), key => key.Id is "ak_2");
        Assert.IsType<SessionLookup.Ended>(await host.Get<SessionDirectory>().FindBySecretAsync(filled.Open.Secret!, Stop));
        Assert.Equal(keys, host.Get<KeyRing>().All.Select(key => (key.KeyId, key.State)));
        var verified = await host.Get<AuditLog>().VerifyAsync(head, Stop);
        Assert.Equal((true, head.Number + 1 - FilledStore.Pruned), (verified.Intact, verified.Verified));
        Assert.Null(await host.CodeAsync((await host.IssueAsync()).Token));
        Assert.True(head.Number > made.AuditNumber);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task A_key_that_was_revoked_since_signs_and_verifies_nothing(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        var issued = await host.IssueAsync();
        await host.BackUpAsync();
        Assert.IsType<KeyRotationOutcome.Rotated>(
            await host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, true, "leaked"), Who, Stop));
        var keys = host.Get<KeyRing>().All.Select(key => (key.KeyId, key.State)).ToList();

        await host.RebuildAsync();
        await host.RestoreAsync(clears: true, keepsTokens: true);
        await host.ReopenAsync();

        Assert.Equal("KEY_REVOKED", await host.CodeAsync(issued.Token));
        Assert.Equal(keys, host.Get<KeyRing>().All.Select(key => (key.KeyId, key.State)));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task A_person_signs_in_as_they_do_now_and_whoever_was_disabled_stays_so(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        await FilledStore.FillAsync(host);
        var carol = host.Get<OperatorDirectory>().FindByName("alice")! with { Id = "carol", UserName = "carol" };
        Assert.True(await host.Get<IOperatorStore>().AddAsync(carol, new AuditEntry(Who, "operator.created", "operator", carol.Id), Stop));
        await host.BackUpAsync();
        await host.Get<IOperatorStore>().ReplaceAsync(
            carol with { IsEnabled = false, PasswordHash = "new", Role = "viewer" },
            new AuditEntry(Who, "operator.disabled", "operator", carol.Id),
            Stop);

        await host.RebuildAsync();
        await host.RestoreAsync(clears: true);
        await host.ReopenAsync();

        var restored = host.Get<OperatorDirectory>().FindByName("carol")!;
        Assert.Equal((false, "new", "administrator"), (restored.IsEnabled, restored.PasswordHash, restored.Role));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task Another_store_or_one_that_cannot_be_opened_has_nothing_to_say(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        await host.IssueAsync();
        await host.BackUpAsync();
        await host.RebuildAsync(("SIGNET_MASTER_KEY", BackupRun.OtherMasterKey));
        Assert.Equal(Replaced.LockedStore, (await host.PrepareRestoreAsync()).Plan.Replaces);

        await host.MoveAsync(kind);
        await host.OpenAsync();
        await host.RebuildAsync();
        Assert.Equal(Replaced.OtherStore, (await host.PrepareRestoreAsync()).Plan.Replaces);
        await host.RebuildAsync();
        Assert.Null((await host.RestoreAsync(clears: true)).CarriedFrom);
        await host.ReopenAsync();
    }

    [Theory]
    [InlineData("sqlite", false)]
    [InlineData("sqlite", true)]
    [InlineData("redis", false)]
    [InlineData("redis", true)]
    public async Task Interrupted_when_the_store_is_gone_it_still_knows(string kind, bool beginsAnew)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        var filled = await FilledStore.FillAsync(host);
        await host.BackUpAsync();
        await host.Get<TokenRevocations>().RevokeAsync(filled.Good.TokenId, "stolen", Who, RequestOrigin.None, Stop);
        await host.RebuildAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => host.RestoreAsync(
            clears: true, keepsTokens: true, progress: new BackupInterruption(BackupStep.Restoring, 3)));

        await host.RebuildAsync();
        var result = await host.RestoreAsync(clears: beginsAnew, keepsTokens: true);
        await host.ReopenAsync();

        Assert.NotNull(result.CarriedFrom);
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.Good.Token));
    }
}
