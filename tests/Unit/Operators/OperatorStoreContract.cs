using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Operators;

/// <summary>What every operator store must do.</summary>
public abstract class OperatorStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private IOperatorStore Store => Host.Get<IOperatorStore>();

    [Fact]
    public async Task Add_first_concurrently_adds_one()
    {
        var before = await NewestAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() =>
            Store.AddFirstAsync(An($"user{number}"), Entry(), Stop))));

        Assert.Single(added, true);
        Assert.Single(await Store.ReadAsync(Stop));
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task Add_then_read_gives_the_same_operator()
    {
        var maria = An("Mária \U0001F600") with { Role = "support", IsEnabled = false, MustChangePassword = true };

        Assert.True(await Store.AddAsync(maria, Entry(), Stop));

        Assert.Equal(maria, Assert.Single(await Store.ReadAsync(Stop)));
    }

    [Fact]
    public async Task Add_a_name_that_differs_in_case_only_changes_nothing()
    {
        Assert.True(await Store.AddAsync(An("Maria"), Entry(), Stop));
        var before = await NewestAsync();

        Assert.False(await Store.AddAsync(An("mARIA"), Entry(), Stop));

        Assert.Single(await Store.ReadAsync(Stop));
        Assert.Equal(before, await NewestAsync());
    }

    [Fact]
    public async Task Set_password_concurrently_from_the_same_hash_succeeds_once()
    {
        var maria = An("maria");
        await Store.AddAsync(maria, Entry(), Stop);
        var before = await NewestAsync();

        var set = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => Store.SetPasswordAsync(
            new PasswordChange(maria.Id, "hash", $"hash-{number}", $"stamp-{number}", true), Entry(), Stop))));

        var winner = Array.IndexOf(set, true);
        Assert.Single(set, true);
        Assert.Equal(
            maria with { PasswordHash = $"hash-{winner}", SecurityStamp = $"stamp-{winner}", MustChangePassword = true },
            Assert.Single(await Store.ReadAsync(Stop)));
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task Set_password_of_nobody_changes_nothing()
    {
        var before = await NewestAsync();

        Assert.False(await Store.SetPasswordAsync(new PasswordChange("nobody", "hash", "new", "stamp", false), Entry(), Stop));

        Assert.Equal(before, await NewestAsync());
    }

    private static AuditEntry Entry() => new(Actor.Signet, "operator.created", "operator", "test");

    private static OperatorAccount An(string userName) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        UserName = userName,
        PasswordHash = "hash",
        SecurityStamp = "stamp",
        Role = "administrator",
        IsEnabled = true,
        MustChangePassword = false,
        CreatedAt = LedgerRows.Start,
    };

    private async Task<long> NewestAsync() => (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}

public sealed class SqliteOperatorStoreTests() : OperatorStoreContract(StoreKinds.Sqlite);

public sealed class RedisOperatorStoreTests(RedisServer redis) : OperatorStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterOperatorStoreTests(RedisCluster cluster) : OperatorStoreContract(cluster.Settings());
