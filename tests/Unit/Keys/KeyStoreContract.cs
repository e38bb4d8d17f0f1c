using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Material;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

/// <summary>What every key store must do.</summary>
public abstract class KeyStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = LedgerRows.Start;
    private static readonly AuditEntry Entry = new(TokenBuilder.Somebody, "keys.rotated", "key", "k");

    private IKeyStore Store => Host.Get<IKeyStore>();

    private IAuditStore Audit => Host.Get<IAuditStore>();

    [Fact]
    public async Task Apply_additions_then_read_gives_the_same_keys()
    {
        var current = Key(KeyState.Current) with { CurrentSince = Now };

        Assert.True(await Store.ApplyAsync([Change(null, current, [1, 2, 3])], Entry, Stop));

        var stored = Assert.Single(await Store.ReadAsync(Stop));
        Assert.Equal([1, 2, 3], stored.SealedPrivatePart);
        Assert.Equal(
            new KeyRow(current.KeyId, KeyAlgorithm.ES256, KeyState.Current, [], Now, Now, null, null, null, null, false),
            stored.Key with { PublicPart = [] }, Same);
        Assert.Equal(current.Material.ExportPublic(), stored.Key.PublicPart);
    }

    [Fact]
    public async Task Apply_from_a_state_that_has_changed_changes_nothing_and_audits_nothing()
    {
        var (current, next) = await SeedAsync();
        var before = await Audit.FindNewestAsync(Stop);

        Assert.False(await Store.ApplyAsync(
            [Change(KeyState.Current, current with { State = KeyState.Previous }), Change(KeyState.Previous, next with { State = KeyState.Current })],
            Entry,
            Stop));

        Assert.Equal(before!.Number, (await Audit.FindNewestAsync(Stop))!.Number);
        Assert.Equal([KeyState.Current, KeyState.Next], await StatesAsync());
    }

    [Fact]
    public async Task Apply_by_whoever_has_not_heard_that_a_key_was_bound_to_an_issuer_leaves_it_so()
    {
        var (current, _) = await SeedAsync();
        Assert.True(await Store.ApplyAsync([Change(KeyState.Current, current with { Issuer = "https://auth.example.com" })], Entry, Stop));

        Assert.True(await Store.ApplyAsync([Change(KeyState.Current, current with { State = KeyState.Previous })], Entry, Stop));

        var stored = (await Store.ReadAsync(Stop)).Single(key => key.Key.KeyId == current.KeyId).Key;
        Assert.Equal((KeyState.Previous, "https://auth.example.com"), (stored.State, stored.Issuer));
    }

    [Fact]
    public async Task Apply_the_same_rotation_concurrently_succeeds_exactly_once()
    {
        var (current, next) = await SeedAsync();
        var before = await Audit.FindNewestAsync(Stop);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.ApplyAsync(
            Rotation(current, next, Key(KeyState.Next)), Entry, Stop))));

        Assert.Single(outcomes, applied => applied);
        Assert.Equal(before!.Number + 1, (await Audit.FindNewestAsync(Stop))!.Number);
        Assert.Equal([KeyState.Current, KeyState.Next, KeyState.Previous], await StatesAsync());
    }

    [Theory]
    [InlineData(KeyState.Current)]
    [InlineData(KeyState.Next)]
    public async Task Apply_a_second_key_that_signs_or_waits_changes_nothing(KeyState state)
    {
        await SeedAsync();

        Assert.False(await Store.ApplyAsync([Change(null, Key(state))], Entry, Stop));

        Assert.Equal([KeyState.Current, KeyState.Next], await StatesAsync());
    }

    [Fact]
    public async Task Apply_keys_of_another_algorithm_stands_beside_the_others()
    {
        await SeedAsync();
        var padded = Rsa(KeyState.Current, KeyAlgorithm.PS256);

        Assert.True(await Store.ApplyAsync([Change(null, padded), Change(null, Rsa(KeyState.Next, KeyAlgorithm.PS256))], Entry, Stop));
        Assert.False(await Store.ApplyAsync([Change(null, Rsa(KeyState.Current, KeyAlgorithm.PS256))], Entry, Stop));
        Assert.False(await Store.ApplyAsync([Change(null, Rsa(KeyState.Next, KeyAlgorithm.PS256))], Entry, Stop));

        Assert.Equal([KeyState.Current, KeyState.Current, KeyState.Next, KeyState.Next], await StatesAsync());
    }

    [Fact]
    public async Task Apply_the_same_pair_under_many_names_at_once_keeps_one()
    {
        await SeedAsync();
        var material = EcKeyMaterial.Generate();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => Store.ApplyAsync(
            [Change(null, new SigningKey(material) { KeyId = $"name-{number}", Algorithm = KeyAlgorithm.ES256, State = KeyState.Previous, CreatedAt = Now })],
            Entry,
            Stop))));

        Assert.Single(outcomes, applied => applied);
        Assert.Equal([KeyState.Current, KeyState.Next, KeyState.Previous], await StatesAsync());
    }

    [Fact]
    public async Task Apply_keeps_when_a_secret_was_shared_and_that_a_key_came_from_elsewhere()
    {
        var key = new SigningKey(HmacKeyMaterial.Generate())
        {
            KeyId = "theirs.1",
            Algorithm = KeyAlgorithm.HS256,
            State = KeyState.Next,
            CreatedAt = Now,
            SharedAt = Now,
            IsImported = true,
        };

        Assert.True(await Store.ApplyAsync([Change(null, key)], Entry, Stop));

        var stored = Assert.Single(await Store.ReadAsync(Stop)).Key;
        Assert.Equal(("theirs.1", Now, true), (stored.KeyId, stored.SharedAt, stored.IsImported));
        Assert.Empty(stored.PublicPart);
    }

    [Fact]
    public async Task Apply_a_key_id_again_as_new_changes_nothing()
    {
        var (current, _) = await SeedAsync();

        Assert.False(await Store.ApplyAsync([Change(null, current with { State = KeyState.Revoked })], Entry, Stop));
    }

    [Fact]
    public async Task Apply_in_any_order_of_changes_works()
    {
        var (current, next) = await SeedAsync();

        Assert.True(await Store.ApplyAsync([.. Rotation(current, next, Key(KeyState.Next)).Reverse()], Entry, Stop));
        Assert.Equal([KeyState.Current, KeyState.Next, KeyState.Previous], await StatesAsync());
    }

    private static IReadOnlyList<KeyChange> Rotation(SigningKey current, SigningKey next, SigningKey fresh) =>
    [
        Change(KeyState.Current, current with { State = KeyState.Previous, PreviousSince = Now }),
        Change(KeyState.Next, next with { State = KeyState.Current, CurrentSince = Now }),
        Change(null, fresh),
    ];

    private static KeyChange Change(KeyState? from, SigningKey key, byte[]? sealedPart = null) => new(from, key, sealedPart ?? [7]);

    private static SigningKey Rsa(KeyState state, KeyAlgorithm algorithm) => new(KeyMaterial.Generate(algorithm, 2_048))
    {
        KeyId = Identifiers.NewId(),
        Algorithm = algorithm,
        State = state,
        CreatedAt = Now,
    };

    private static SigningKey Key(KeyState state) => new(EcKeyMaterial.Generate())
    {
        KeyId = Identifiers.NewId(),
        Algorithm = KeyAlgorithm.ES256,
        State = state,
        CreatedAt = Now,
    };

    private static bool Same(KeyRow left, KeyRow right) => left with { PublicPart = right.PublicPart } == right;

    private async Task<(SigningKey Current, SigningKey Next)> SeedAsync()
    {
        var (current, next) = (Key(KeyState.Current), Key(KeyState.Next));
        Assert.True(await Store.ApplyAsync([Change(null, current), Change(null, next)], Entry, Stop));
        return (current, next);
    }

    private async Task<IEnumerable<KeyState>> StatesAsync() =>
        (await Store.ReadAsync(Stop)).Select(key => key.Key.State).OrderBy(state => state.ToString(), StringComparer.Ordinal);

    // Without the key ring, which would make its own keys.
    private protected override async Task OpenAsync()
    {
        await Host.Get<IStorage>().OpenAsync(Stop);
        await Host.Get<SystemSecrets>().LoadAsync(Stop);
    }
}

public sealed class SqliteKeyStoreTests() : KeyStoreContract(StoreKinds.Sqlite);

public sealed class RedisKeyStoreTests(RedisServer redis) : KeyStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterKeyStoreTests(RedisCluster cluster) : KeyStoreContract(cluster.Settings());
