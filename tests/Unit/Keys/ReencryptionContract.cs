using System.Security.Cryptography;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Protection.Reencryption;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

/// <summary>What every store must do while all that is sealed is sealed anew.</summary>
public abstract class ReencryptionContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly AuditEntry Audit = new(Actor.Signet, "master_key.changed", "master key", "new", "test");

    private readonly MasterKey _fresh = new(RandomNumberGenerator.GetBytes(MasterKey.Length));

    private IReencryptionStore Store => Host.Get<IReencryptionStore>();

    [Fact]
    public async Task Everything_is_replaced_in_one_step_with_its_audit_entry()
    {
        var before = await Store.ReadAsync(Stop);

        Assert.True(await Store.ReplaceAsync(before, Anew(before), Audit, Stop));

        var after = await Store.ReadAsync(Stop);
        Assert.Equal(before.Count, after.Count);
        Assert.Contains(after, value => value.IsSigningKey);
        Assert.Contains(after, value => value is { IsSigningKey: false, Name: "audit" });
        Assert.All(after, value => Assert.Equal(_fresh.Id, MasterKey.IdOf(value.Value)));
        Assert.All(before, value => Assert.Equal(OpenOld(value), _fresh.Open(after.Single(Same(value)).Value, value.Purpose)));
        Assert.Single((await Host.Get<AuditLog>().ListAsync(new AuditFilter { Action = "master_key.changed" }, null, 10, Stop)).Items);
    }

    [Fact]
    public async Task Nothing_is_replaced_where_something_was_changed_added_or_taken_meanwhile()
    {
        var read = await Store.ReadAsync(Stop);
        var other = read[0] with { Value = [.. read[0].Value.Reverse()] };

        Assert.False(await Store.ReplaceAsync([other, .. read.Skip(1)], Anew(read), Audit, Stop));
        Assert.False(await Store.ReplaceAsync([.. read.Skip(1)], Anew(read), Audit, Stop));
        Assert.False(await Store.ReplaceAsync([.. read, read[0] with { Name = "more" }], Anew(read), Audit, Stop));

        Assert.True(SealedValue.AreSame(read, await Store.ReadAsync(Stop)));
        Assert.Empty((await Host.Get<AuditLog>().ListAsync(new AuditFilter { Action = "master_key.changed" }, null, 10, Stop)).Items);
    }

    [Fact]
    public async Task Of_many_at_once_one_replaces()
    {
        var read = await Store.ReadAsync(Stop);

        var replaced = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(
            () => Store.ReplaceAsync(read, Anew(read), Audit, Stop))));

        Assert.Single(replaced, done => done);
        Assert.All(await Store.ReadAsync(Stop), value => Assert.Equal(_fresh.Id, MasterKey.IdOf(value.Value)));
    }

    private static Func<SealedValue, bool> Same(SealedValue value) =>
        other => other.Name == value.Name && other.IsSigningKey == value.IsSigningKey;

    private byte[] OpenOld(SealedValue value) => Host.Get<SystemSecrets>().MasterKey.Open(value.Value, value.Purpose);

    private List<SealedValue> Anew(IReadOnlyList<SealedValue> values) =>
        [.. values.Select(value => value with { Value = _fresh.Seal(OpenOld(value), value.Purpose) })];
}

public sealed class SqliteReencryptionStoreTests() : ReencryptionContract(StoreKinds.Sqlite);

public sealed class RedisReencryptionStoreTests(RedisServer redis) : ReencryptionContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterReencryptionStoreTests(RedisCluster cluster) : ReencryptionContract(cluster.Settings());
