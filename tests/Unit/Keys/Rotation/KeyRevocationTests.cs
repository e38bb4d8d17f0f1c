using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys.Rotation;

public sealed class KeyRevocationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Previous_key_is_revoked_with_all_that_it_signed()
    {
        await using var host = await CoreHost.StartAsync();
        var (issued, old) = (await host.IssueAsync(), host.Get<KeyRing>().Current.KeyId);
        await RotateAsync(host);
        var trial = await host.Get<KeyRetirement>().TryRevokeAsync(old, Stop);
        Assert.Equal((1L, 1L, null), (trial.Usage.LiveTokens, trial.Usage.LiveClients, trial.Refusal));
        Assert.Null(await host.CodeAsync(issued.Token));

        var revoked = Assert.IsType<KeyRevocationOutcome.Revoked>(await RevokeAsync(host, old));

        Assert.Equal("KEY_REVOKED", await host.CodeAsync(issued.Token));
        Assert.False(host.Get<KeyRing>().Find(old)!.IsPublished);
        Assert.Equal(revoked.At, Assert.IsType<KeyRevocationOutcome.Already>(await RevokeAsync(host, old)).At);
        var entry = (await host.Get<IAuditStore>().FindNewestAsync(Stop))!;
        Assert.Equal(("keys.revoked", old, "stolen"), (entry.Entry.Action, entry.Entry.ObjectId, entry.Entry.Reason));
        await host.ReopenAsync();
        Assert.Equal("KEY_REVOKED", await host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Next_key_that_may_have_been_seen_is_replaced()
    {
        await using var host = await CoreHost.StartAsync();
        var next = host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!.KeyId;

        Assert.IsType<KeyRevocationOutcome.Revoked>(await RevokeAsync(host, next));

        Assert.Equal(KeyState.Revoked, host.Get<KeyRing>().Find(next)!.State);
        Assert.NotEqual(next, host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!.KeyId);
    }

    [Fact]
    public async Task Key_that_signs_or_is_over_or_unknown_is_not_revoked()
    {
        await using var host = await CoreHost.StartAsync();
        var first = host.Get<KeyRing>().Current.KeyId;
        Assert.IsType<KeyRevocationOutcome.WrongState>(await RevokeAsync(host, first));
        Assert.IsType<KeyRevocationOutcome.Unknown>(await RevokeAsync(host, "no-such-key"));
        Assert.IsType<KeyRevocationOutcome.Unknown>((await host.Get<KeyRetirement>().TryRevokeAsync("no-such-key", Stop)).Refusal);

        await RotateAsync(host);
        await host.Get<KeyRetirement>().RetireAsync(first, "over", TokenBuilder.Somebody, Stop);
        Assert.IsType<KeyRevocationOutcome.WrongState>(await RevokeAsync(host, first));
    }

    [Fact]
    public async Task Many_at_once_revoke_once()
    {
        await using var host = await CoreHost.StartAsync();
        var old = host.Get<KeyRing>().Current.KeyId;
        await RotateAsync(host);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => RevokeAsync(host, old))));

        Assert.Single(outcomes, outcome => outcome is KeyRevocationOutcome.Revoked);
        Assert.All(outcomes, outcome => Assert.True(outcome is KeyRevocationOutcome.Revoked or KeyRevocationOutcome.Already));
    }

    [Fact]
    public async Task Rotation_of_what_does_not_sign_here_is_refused()
    {
        await using var host = await CoreHost.StartAsync();

        var refused = Assert.IsType<KeyRotationOutcome.Unknown>(await host.Get<KeyRotation>().RotateAsync(
            new RotateKeys(KeyAlgorithm.RS256, true, true, "why"), TokenBuilder.Somebody, Stop));

        Assert.Equal(KeyAlgorithm.RS256, refused.Algorithm);
    }

    private static Task<KeyRotationOutcome> RotateAsync(CoreHost host) =>
        host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "due"), TokenBuilder.Somebody, Stop);

    private static Task<KeyRevocationOutcome> RevokeAsync(CoreHost host, string keyId) =>
        host.Get<KeyRetirement>().RevokeAsync(keyId, "stolen", TokenBuilder.Somebody, Stop);
}
