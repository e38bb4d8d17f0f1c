using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Keys.Making;

namespace Dashboard.Tests.Unit.Keys.Rotation;

public sealed class KeyScheduleTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_is_rotated_when_it_is_old_enough_and_not_before()
    {
        await using var host = await CoreHost.StartAsync();
        var (first, second) = (host.Get<KeyRing>().Current, host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!);
        var due = first.CurrentSince!.Value.AddDays(90);
        Assert.Equal(due, host.Get<KeyPlan>().NextRotationAt(KeyAlgorithm.ES256));
        Assert.Equal(second.CreatedAt + Window, host.Get<KeyPlan>().NextReadyAt(KeyAlgorithm.ES256));

        host.Clock.Advance(TimeSpan.FromDays(90) - TimeSpan.FromSeconds(1));
        await RunAsync(host);
        Assert.Equal(first.KeyId, host.Get<KeyRing>().Current.KeyId);

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(host);
        await RunAsync(host);
        Assert.Equal(second.KeyId, host.Get<KeyRing>().Current.KeyId);
        Assert.Equal(KeyState.Previous, host.Get<KeyRing>().Find(first.KeyId)!.State);
        var entry = (await host.Get<IAuditStore>().FindNewestAsync(Stop))!;
        Assert.Equal(("keys.rotated", "signet", "Scheduled"), (entry.Entry.Action, entry.Entry.Who.Name, entry.Entry.Reason));
    }

    [Fact]
    public async Task Young_next_key_is_waited_for()
    {
        await using var host = await CoreHost.StartAsync();
        host.Clock.Advance(TimeSpan.FromDays(90) - TimeSpan.FromHours(1));
        await host.Get<KeyMaking>().CreateAsync(null, "it may have been seen", TokenBuilder.Somebody, Stop);
        var next = host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!;

        host.Clock.Advance(TimeSpan.FromHours(2));
        await RunAsync(host);
        Assert.NotEqual(next.KeyId, host.Get<KeyRing>().Current.KeyId);
        Assert.Equal(next.CreatedAt + Window, host.Get<KeyPlan>().NextRotationAt(KeyAlgorithm.ES256));

        host.Clock.Advance(Window);
        await RunAsync(host);
        Assert.Equal(next.KeyId, host.Get<KeyRing>().Current.KeyId);
    }

    [Fact]
    public async Task Interval_of_zero_rotates_nothing()
    {
        await using var host = await StartAsync(("Keys:RotationInterval", "00:00:00"));
        var first = host.Get<KeyRing>().Current.KeyId;

        host.Clock.Advance(TimeSpan.FromDays(3_000));
        await RunAsync(host);

        Assert.Equal(first, host.Get<KeyRing>().Current.KeyId);
        Assert.Null(host.Get<KeyPlan>().NextRotationAt(KeyAlgorithm.ES256));
    }

    [Fact]
    public async Task Algorithm_that_is_new_in_an_old_store_signs_when_its_key_is_known_everywhere()
    {
        await using var host = await CoreHost.StartAsync();
        await host.ReopenAsync(("Keys:OtherAlgorithms:0", "PS256"));
        var ring = host.Get<KeyRing>();
        Assert.Null(ring.CurrentOf(KeyAlgorithm.PS256));
        var next = ring.NextOf(KeyAlgorithm.PS256)!;
        Assert.True(next.IsPublished);
        Assert.Equal(KeyAlgorithm.ES256, ring.SigningKeyFor(KeyAlgorithm.PS256).Algorithm);

        host.Clock.Advance(Window - TimeSpan.FromSeconds(1));
        await RunAsync(host);
        Assert.Null(ring.CurrentOf(KeyAlgorithm.PS256));

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(host);
        Assert.Equal(next.KeyId, ring.SigningKeyFor(KeyAlgorithm.PS256).KeyId);
        Assert.Equal(KeyAlgorithm.ES256, ring.Current.Algorithm);
        Assert.Null(await host.CodeAsync((await host.IssueAsync(TokenBuilder.Request() with { Algorithm = KeyAlgorithm.PS256 })).Token));
    }

    [Fact]
    public async Task Algorithm_that_the_settings_no_longer_name_stands_down_once_another_signs()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await host.IssueAsync(TokenBuilder.Request() with { Lifetime = TimeSpan.FromDays(10) });
        var (old, waiting) = (host.Get<KeyRing>().Current.KeyId, host.Get<KeyRing>().NextOf(KeyAlgorithm.ES256)!.KeyId);

        await host.ReopenAsync(("Keys:Algorithm", "PS256"));
        var ring = host.Get<KeyRing>();
        await RunAsync(host);
        Assert.Equal((old, KeyState.Next), (ring.Current.KeyId, ring.Find(waiting)!.State));

        host.Clock.Advance(Window);
        await RunAsync(host);
        Assert.Equal(KeyAlgorithm.PS256, ring.Current.Algorithm);
        Assert.Equal((KeyState.Previous, KeyState.Retired), (ring.Find(old)!.State, ring.Find(waiting)!.State));
        Assert.Null(await host.CodeAsync(issued.Token));
        Assert.Null(await host.CodeAsync((await host.IssueAsync()).Token));

        // And back again: keys of its own, known before they sign.
        await host.ReopenAsync(("Keys:Algorithm", "ES256"));
        Assert.Equal(KeyAlgorithm.PS256, host.Get<KeyRing>().Current.Algorithm);
        host.Clock.Advance(Window);
        await RunAsync(host);
        Assert.Equal(KeyAlgorithm.ES256, host.Get<KeyRing>().Current.Algorithm);
        Assert.Null(await host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Shared_secrets_are_left_alone()
    {
        await using var host = await StartAsync(("Keys:Algorithm", "HS256"));
        await host.Get<KeyMaking>().CreateAsync(null, "to be shared", TokenBuilder.Somebody, Stop);
        var before = host.Get<KeyRing>().All;

        host.Clock.Advance(TimeSpan.FromDays(400));
        await RunAsync(host);

        Assert.Equal(before, host.Get<KeyRing>().All);
        Assert.Null(host.Get<KeyPlan>().NextRotationAt(KeyAlgorithm.HS256));
    }

    [Fact]
    public async Task First_secret_of_an_old_store_signs_once_somebody_was_told_it()
    {
        await using var host = await CoreHost.StartAsync();
        await host.ReopenAsync(("Keys:Algorithm", "HS256"));
        host.Clock.Advance(TimeSpan.FromDays(30));
        await RunAsync(host);
        Assert.Equal(KeyAlgorithm.ES256, host.Get<KeyRing>().Current.Algorithm);
        Assert.Null(host.Get<KeyPlan>().NextRotationAt(KeyAlgorithm.HS256));

        await host.Get<KeyMaking>().CreateAsync(null, "to be shared", TokenBuilder.Somebody, Stop);
        host.Clock.Advance(Window);
        await RunAsync(host);

        Assert.Equal(KeyAlgorithm.HS256, host.Get<KeyRing>().Current.Algorithm);
    }

    [Fact]
    public async Task Previous_key_is_retired_when_nothing_that_it_can_have_signed_is_good()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await host.IssueAsync(TokenBuilder.Request() with { Lifetime = TimeSpan.FromDays(30) });
        var old = host.Get<KeyRing>().Current.KeyId;
        await host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "due"), TokenBuilder.Somebody, Stop);

        // The longest lifetime, the skew and how long verifiers keep the JWKS.
        var needed = TimeSpan.FromDays(30) + TimeSpan.FromSeconds(30) + TimeSpan.FromMinutes(5);
        host.Clock.Advance(needed - TimeSpan.FromMilliseconds(1));
        await RunAsync(host);
        Assert.Equal(KeyState.Previous, host.Get<KeyRing>().Find(old)!.State);

        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await RunAsync(host);
        Assert.Equal(KeyState.Retired, host.Get<KeyRing>().Find(old)!.State);
        Assert.Equal("KEY_RETIRED", await host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Previous_key_with_a_live_token_stays_though_the_policy_became_stricter()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await host.IssueAsync(TokenBuilder.Request() with { Lifetime = TimeSpan.FromDays(30) });
        var old = host.Get<KeyRing>().Current.KeyId;
        await host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "due"), TokenBuilder.Somebody, Stop);

        await host.ReopenAsync(("Tokens:MaximumLifetime", "1.00:00:00"));
        host.Clock.Advance(TimeSpan.FromDays(20));
        await RunAsync(host);

        Assert.Equal(KeyState.Previous, host.Get<KeyRing>().Find(old)!.State);
        Assert.Null(await host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Imported_key_verifies_for_as_long_as_its_tokens_may_live()
    {
        await using var host = await CoreHost.StartAsync();
        await host.Get<KeyMaking>().ImportAsync(
            new KeyImport(MadeElsewhere.Secret, KeyAlgorithm.HS256, "theirs", KeyState.Previous, "moving in"), TokenBuilder.Somebody, Stop);

        host.Clock.Advance(TimeSpan.FromDays(29));
        await RunAsync(host);
        Assert.Equal(KeyState.Previous, host.Get<KeyRing>().Find("theirs")!.State);

        host.Clock.Advance(TimeSpan.FromDays(2));
        await RunAsync(host);
        Assert.Equal(KeyState.Retired, host.Get<KeyRing>().Find("theirs")!.State);
    }

    [Fact]
    public async Task Background_service_rotates_by_itself()
    {
        await using var host = await CoreHost.StartAsync();
        var (schedule, first, timers) = (host.Get<KeySchedule>(), host.Get<KeyRing>().Current.KeyId, host.Clock.WaitingTimers);
        await schedule.StartAsync(Stop);
        await Eventually.TrueAsync(() => host.Clock.WaitingTimers > timers);

        host.Clock.Advance(TimeSpan.FromDays(90));

        await Eventually.TrueAsync(() => host.Get<KeyRing>().Current.KeyId != first);
        await schedule.StopAsync(Stop);
    }

    private static Task RunAsync(CoreHost host) => host.Get<KeySchedule>().RunAsync(Stop);

    private static Task<CoreHost> StartAsync(params (string Name, string? Value)[] settings) =>
        CoreHost.StartAsync(settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal));
}
