using System.Text.Json;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

public sealed class JwksTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(KeyAlgorithm.RS256, "kty,n,e,kid,use,alg")]
    [InlineData(KeyAlgorithm.PS256, "kty,n,e,kid,use,alg")]
    [InlineData(KeyAlgorithm.ES256, "kty,crv,x,y,kid,use,alg")]
    public async Task Write_lists_public_members_only(KeyAlgorithm algorithm, string members)
    {
        await using var host = await StartAsync(algorithm);

        var keys = Keys(host);

        Assert.Equal(2, keys.Count);
        Assert.All(keys, key => Assert.Equal(members, string.Join(',', key.EnumerateObject().Select(member => member.Name))));
    }

    [Fact]
    public async Task Write_never_lists_a_shared_secret()
    {
        await using var host = await StartAsync(KeyAlgorithm.HS256);

        Assert.Empty(Keys(host));
    }

    [Fact]
    public async Task Write_keeps_previous_keys_and_drops_revoked_ones()
    {
        await using var host = await StartAsync(KeyAlgorithm.ES256);
        var first = host.Get<KeyRing>().Current.KeyId;
        await RotateAsync(host, revoke: false);
        var second = host.Get<KeyRing>().Current.KeyId;
        Assert.Contains(first, Ids(host));

        await RotateAsync(host, revoke: true);

        Assert.Contains(first, Ids(host));
        Assert.DoesNotContain(second, Ids(host));
        Assert.Equal(3, Ids(host).Count);
    }

    [Fact]
    public async Task Write_of_the_same_ring_gives_the_same_bytes()
    {
        await using var host = await StartAsync(KeyAlgorithm.RS256);
        var before = Jwks.Write(host.Get<KeyRing>().All);

        await host.ReopenAsync();

        Assert.Equal(before, Jwks.Write(host.Get<KeyRing>().All));
    }

    private static Task<CoreHost> StartAsync(KeyAlgorithm algorithm) =>
        CoreHost.StartAsync(new Dictionary<string, string?> { ["Keys:Algorithm"] = algorithm.ToString() });

    private static Task<KeyRotationOutcome> RotateAsync(CoreHost host, bool revoke) =>
        host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, revoke, "a test"), TokenBuilder.Somebody, Stop);

    private static List<string> Ids(CoreHost host) => [.. Keys(host).Select(key => key.GetProperty("kid").GetString()!)];

    private static List<JsonElement> Keys(CoreHost host) =>
        [.. JsonSerializer.Deserialize<JsonElement>(Jwks.Write(host.Get<KeyRing>().All)).GetProperty("keys").EnumerateArray()];
}
