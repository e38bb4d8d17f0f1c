using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

public sealed class KeyRotationTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_start_makes_a_key_that_signs_and_one_that_waits()
    {
        await using var host = await CoreHost.StartAsync();

        Assert.Equal([KeyState.Next, KeyState.Current], host.Get<KeyRing>().All.Select(key => key.State));
    }

    [Fact]
    public async Task Rotate_before_the_next_key_is_known_everywhere_needs_force()
    {
        await using var host = await CoreHost.StartAsync();
        var next = host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!;

        var refused = Assert.IsType<KeyRotationOutcome.TooYoung>(await RotateAsync(host));
        Assert.Equal(next.CreatedAt + Window, refused.ReadyAt);
        Assert.NotEqual(next.KeyId, host.Get<KeyRing>().Current.KeyId);

        host.Clock.Advance(Window);
        var rotated = Assert.IsType<KeyRotationOutcome.Rotated>(await RotateAsync(host));
        Assert.Equal(next.KeyId, rotated.CurrentKeyId);
    }

    [Fact]
    public async Task Rotate_keeps_old_tokens_good_and_new_ones_too()
    {
        await using var host = await CoreHost.StartAsync();
        var old = await host.IssueAsync();

        await RotateAsync(host, force: true);
        var young = await host.IssueAsync();

        Assert.Null(await host.CodeAsync(old.Token));
        Assert.Null(await host.CodeAsync(young.Token));
        await host.ReopenAsync();
        Assert.Null(await host.CodeAsync(old.Token));
        Assert.Null(await host.CodeAsync(young.Token));
    }

    [Fact]
    public async Task Rotate_and_revoke_refuses_the_old_keys_tokens_at_once_and_for_good()
    {
        await using var host = await CoreHost.StartAsync();
        var old = await host.IssueAsync();
        Assert.Null(await host.CodeAsync(old.Token));

        await RotateAsync(host, revoke: true);

        Assert.Equal("KEY_REVOKED", await host.CodeAsync(old.Token));
        Assert.Null(await host.CodeAsync((await host.IssueAsync()).Token));
        await host.ReopenAsync();
        Assert.Equal("KEY_REVOKED", await host.CodeAsync(old.Token));
    }

    [Fact]
    public async Task Retire_is_refused_until_the_last_token_has_expired()
    {
        await using var host = await CoreHost.StartAsync();
        var token = await host.IssueAsync(TokenBuilder.Request() with { Lifetime = TimeSpan.FromHours(2) });
        var old = host.Get<KeyRing>().Current.KeyId;
        await RotateAsync(host, force: true);

        var needed = Assert.IsType<KeyRetirementOutcome.StillNeeded>(await RetireAsync(host, old));
        Assert.Equal((token.ExpiresAt, 1), (needed.Until, needed.LiveTokens));

        host.Clock.Advance(TimeSpan.FromHours(3));
        Assert.IsType<KeyRetirementOutcome.Retired>(await RetireAsync(host, old));
        Assert.Equal("KEY_RETIRED", await host.CodeAsync(token.Token));
    }

    [Fact]
    public async Task Retire_takes_only_a_previous_key()
    {
        await using var host = await CoreHost.StartAsync();

        Assert.IsType<KeyRetirementOutcome.WrongState>(await RetireAsync(host, host.Get<KeyRing>().Current.KeyId));
        Assert.IsType<KeyRetirementOutcome.WrongState>(await RetireAsync(host, host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!.KeyId));
        Assert.IsType<KeyRetirementOutcome.Unknown>(await RetireAsync(host, "no-such-key"));
    }

    [Fact]
    public async Task Rotate_under_load_fails_no_validation()
    {
        await using var host = await CoreHost.StartAsync();
        using var done = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                var count = 0;
                while (!done.IsCancellationRequested)
                {
                    var issued = (TokenIssueOutcome.Issued)await host.Get<TokenIssuer>().IssueAsync(TokenBuilder.Request(), Stop);
                    Assert.Null(await host.CodeAsync(issued.Token));
                    count++;
                }

                return count;
            },
            Stop)).ToList();

        for (var rotation = 0; rotation < 10; rotation++)
        {
            Assert.IsType<KeyRotationOutcome.Rotated>(await RotateAsync(host, force: true));
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(load), count => Assert.True(count > 0));
        Assert.Single(host.Get<KeyRing>().All, key => key.State is KeyState.Current);
        Assert.Single(host.Get<KeyRing>().All, key => key.State is KeyState.Next);
    }

    private static Task<KeyRotationOutcome> RotateAsync(CoreHost host, bool force = false, bool revoke = false) =>
        host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, force, revoke, "a test"), TokenBuilder.Somebody, Stop);

    private static Task<KeyRetirementOutcome> RetireAsync(CoreHost host, string keyId) =>
        host.Get<KeyRetirement>().RetireAsync(keyId, "a test", TokenBuilder.Somebody, Stop);
}
