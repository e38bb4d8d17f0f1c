using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Posture;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Keys.Issuers;

namespace Dashboard.Tests.Unit.Posture;

/// <summary>Rules about keys and about those whose tokens are trusted.</summary>
public sealed class KeyPostureTests : PostureTest
{
    private const string Secret = "a-shared-secret-of-at-least-32-bytes";

    [Fact]
    public async Task Key_that_should_have_been_rotated_is_found_until_it_is()
    {
        Core.Clock.Advance(TimeSpan.FromDays(90));
        Assert.Null(await FindAsync("KEY_ROTATION_OVERDUE"));

        Core.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(Core.Get<KeyRing>().Current.KeyId, (await FindAsync("KEY_ROTATION_OVERDUE"))!.Objects[0].Id);

        await Core.Get<KeySchedule>().RunAsync(Stop);
        Assert.Null(await FindAsync("KEY_ROTATION_OVERDUE"));
    }

    [Fact]
    public async Task Key_that_nothing_rotates_is_found_after_a_year()
    {
        await using var core = await CoreHost.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Keys:RotationInterval"] = "00:00:00" });
        core.Clock.Advance(TimeSpan.FromDays(364));
        Assert.Null(await FindAsync(core, "KEY_ROTATION_OVERDUE"));

        core.Clock.Advance(TimeSpan.FromDays(2));

        Assert.NotNull(await FindAsync(core, "KEY_ROTATION_OVERDUE"));
    }

    [Fact]
    public async Task Shared_secrets_are_found_our_own_and_those_of_others()
    {
        Assert.Null(await FindAsync("SHARED_SECRET_IN_USE"));

        Assert.Equal(
            PostureObjectKind.Key,
            Assert.Single((await FindWithAsync("SHARED_SECRET_IN_USE", ("Keys:Algorithm", "HS256")))!.Objects).Kind);
        Assert.Equal("login.example.com", Assert.Single((await FindWithAsync(
            "SHARED_SECRET_IN_USE",
            ("Keys:TrustedIssuers:0:Issuer", "https://login.example.com"),
            ("Keys:TrustedIssuers:0:Secret", Secret),
            ("Keys:TrustedIssuers:0:Audiences:0", "api"),
            ("Keys:TrustedIssuers:0:Algorithms:0", "HS256")))!.Objects).Id);
    }

    [Fact]
    public async Task Issuer_whose_keys_cannot_be_fetched_is_found()
    {
        await using var issuer = await ForeignIssuer.StartAsync();
        await using var core = await issuer.StartCoreAsync();
        await core.ValidateAsync(issuer.Token(core), ForeignIssuer.Accepting());
        Assert.Null(await FindAsync(core, "ISSUER_KEYS_STALE"));

        issuer.Fail();
        core.Clock.Advance(TimeSpan.FromHours(1));
        await core.ValidateAsync(issuer.Token(core), ForeignIssuer.Accepting());

        Assert.Equal("Login 0", (await FindAsync(core, "ISSUER_KEYS_STALE"))!.Objects[0].Id);
    }

    [Fact]
    public async Task Issuer_that_may_lie_in_our_own_network_is_found()
    {
        (string, string?)[] issuer =
        [
            ("Keys:TrustedIssuers:0:Issuer", "https://login.example.com"),
            ("Keys:TrustedIssuers:0:JwksUri", "https://login.example.com/jwks"),
            ("Keys:TrustedIssuers:0:Audiences:0", "api"),
            ("Keys:TrustedIssuers:0:Algorithms:0", "RS256"),
        ];
        Assert.Null(await FindWithAsync("ISSUER_ADDRESS_PRIVATE", issuer));

        var found = await FindWithAsync("ISSUER_ADDRESS_PRIVATE", [.. issuer, ("Keys:TrustedIssuers:0:AllowPrivateAddresses", "true")]);

        Assert.Equal("Keys:TrustedIssuers:0:AllowPrivateAddresses", found!.Objects[0].Id);
    }
}
