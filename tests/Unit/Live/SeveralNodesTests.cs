using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Live;

/// <summary>Two nodes on one Redis: what one does, the other knows within a moment.</summary>
public sealed class SeveralNodesTests(RedisServer redis) : IAsyncLifetime
{
    private const string MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private CoreHost _here = null!;
    private CoreHost _there = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = redis.Settings();
        settings["SIGNET_MASTER_KEY"] = MasterKey;

        // Both at once on a store that is new.
        var nodes = await Task.WhenAll(Task.Run(() => StartAsync(settings)), Task.Run(() => StartAsync(settings)));
        (_here, _there) = (nodes[0], nodes[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task A_token_issued_on_one_node_is_good_on_the_other_until_it_is_revoked_anywhere()
    {
        var issued = await _here.IssueAsync();
        Assert.Null(await _there.CodeAsync(issued.Token));
        Assert.Null(await _here.CodeAsync(issued.Token));

        await _there.Get<TokenRevocations>().RevokeAsync(issued.TokenId, "stolen", TokenBuilder.Somebody, RequestOrigin.None, Stop);

        Assert.Equal("TOKEN_REVOKED", await _there.CodeAsync(issued.Token));
        await Eventually.TrueAsync(async () => await _here.CodeAsync(issued.Token) is "TOKEN_REVOKED");
    }

    [Fact]
    public async Task A_cut_off_on_one_node_is_in_force_on_the_other()
    {
        var issued = await _here.IssueAsync(TokenBuilder.Request() with { Subject = "alice" });
        Assert.Null(await _there.CodeAsync(issued.Token));

        await _here.Get<TokenRevocations>().CutOffAsync(RevocationScope.Subject, "alice", null, "left", TokenBuilder.Somebody, Stop);

        await Eventually.TrueAsync(async () => await _there.CodeAsync(issued.Token) is "TOKEN_REVOKED");
    }

    [Fact]
    public async Task A_revocation_by_filter_reaches_the_other_node_batch_by_batch()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _here.IssueAsync(TokenBuilder.Request() with { Subject = "bob" })));
        foreach (var token in tokens)
        {
            Assert.Null(await _there.CodeAsync(token.Token));
        }

        await _here.Get<TokenRevocations>().RevokeMatchingAsync(new LedgerFilter { Subject = "bob" }, "left", TokenBuilder.Somebody, Stop);

        await Eventually.TrueAsync(async () =>
        {
            var codes = await Task.WhenAll(tokens.Select(token => _there.CodeAsync(token.Token)));
            return codes.All(code => code is "TOKEN_REVOKED");
        });
    }

    [Fact]
    public async Task A_rotation_on_one_node_changes_what_the_other_signs_with()
    {
        var before = _there.Get<KeyRing>().Current.KeyId;

        await _here.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "due"), TokenBuilder.Somebody, Stop);

        await Eventually.TrueAsync(() => _there.Get<KeyRing>().Current.KeyId != before);
        Assert.Equal(_here.Get<KeyRing>().Current.KeyId, _there.Get<KeyRing>().Current.KeyId);
        Assert.Null(await _here.CodeAsync((await _there.IssueAsync()).Token));
    }

    [Fact]
    public async Task A_node_whose_news_was_cut_off_reads_again_what_it_missed()
    {
        var issued = await _here.IssueAsync();
        Assert.Null(await _there.CodeAsync(issued.Token));
        await redis.TellAsync("CLIENT", "KILL", "TYPE", "pubsub");

        await _here.Get<TokenRevocations>().RevokeAsync(issued.TokenId, "stolen", TokenBuilder.Somebody, RequestOrigin.None, Stop);

        await Eventually.TrueAsync(async () => await _there.CodeAsync(issued.Token) is "TOKEN_REVOKED");
    }

    [Fact]
    public async Task A_revocation_reaches_the_others_though_its_node_is_lost_right_after_it()
    {
        var settings = redis.Settings(_here.Get<IOptions<StorageOptions>>().Value.RedisPrefix);
        settings["SIGNET_MASTER_KEY"] = MasterKey;

        // Nothing runs in its background: what it would tell later is never told.
        await using var lost = CoreHost.Create(settings, hosted: false, services => services.AddSingleton(TimeProvider.System));
        await lost.OpenAsync();
        var (token, other) = (await _here.IssueAsync(), await _here.IssueAsync(TokenBuilder.Request() with { Subject = "alice" }));
        Assert.Null(await _there.CodeAsync(token.Token));
        Assert.Null(await _there.CodeAsync(other.Token));

        await lost.Get<TokenRevocations>().RevokeAsync(token.TokenId, "stolen", TokenBuilder.Somebody, RequestOrigin.None, Stop);
        await lost.Get<TokenRevocations>().CutOffAsync(RevocationScope.Subject, "alice", null, "left", TokenBuilder.Somebody, Stop);

        await Eventually.TrueAsync(async () => await _there.CodeAsync(token.Token) is "TOKEN_REVOKED");
        await Eventually.TrueAsync(async () => await _there.CodeAsync(other.Token) is "TOKEN_REVOKED");
    }

    [Fact]
    public async Task A_node_reads_again_what_changed_before_it_listened()
    {
        var settings = redis.Settings(_here.Get<IOptions<StorageOptions>>().Value.RedisPrefix);
        settings["SIGNET_MASTER_KEY"] = MasterKey;
        await using var late = CoreHost.Create(settings, hosted: false, services => services.AddSingleton(TimeProvider.System));
        await late.OpenAsync();
        var heard = late.Get<IChangeFeed>().ReadAsync(ChangeKind.Revocations, Stop).FirstAsync(Stop).AsTask();
        var issued = await _here.IssueAsync();
        await _here.Get<TokenRevocations>().RevokeAsync(issued.TokenId, "stolen", TokenBuilder.Somebody, RequestOrigin.None, Stop);
        await Eventually.TrueAsync(async () => await _there.CodeAsync(issued.Token) is "TOKEN_REVOKED");

        await late.StartHostedAsync();
        try
        {
            Assert.Equal(new Change(ChangeKind.Revocations, null, IsFromElsewhere: true), await heard.WaitAsync(Patience, Stop));
        }
        finally
        {
            await late.StopHostedAsync();
        }
    }

    [Fact]
    public async Task Changes_of_several_nodes_at_once_keep_one_audit_chain()
    {
        CoreHost[] nodes = [_here, _there];
        await Task.WhenAll(Enumerable.Range(0, 400).Select(number => Task.Run(() => nodes[number % 2].Get<IAuditStore>()
            .AppendAsync(new AuditEntry(TokenBuilder.Somebody, "thing.read", "thing", $"{number}"), Stop))));

        var found = await _there.Get<AuditLog>().VerifyAsync(null, Stop);

        Assert.True(found.Intact, found.Fault);
        Assert.Equal((await _here.Get<IAuditStore>().FindNewestAsync(Stop))!.Number, found.Verified);
    }

    // The system's clock: the nodes wait for each other in real time.
    private static Task<CoreHost> StartAsync(Dictionary<string, string?> settings) => CoreHost.StartAsync(
        settings, hosted: true, services => services.AddSingleton(TimeProvider.System));
}
