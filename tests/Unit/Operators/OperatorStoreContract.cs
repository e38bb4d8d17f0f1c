using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
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
    public async Task Replace_concurrently_from_the_same_version_succeeds_once()
    {
        var maria = An("maria");
        await Store.AddAsync(maria, Entry(), Stop);
        var before = await NewestAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => Store.ReplaceAsync(
            maria with { PasswordHash = $"hash-{number}", SecurityStamp = $"stamp-{number}" }, Entry(), Stop))));

        var winner = Array.IndexOf(outcomes, OperatorReplacement.Replaced);
        Assert.Equal(31, outcomes.Count(outcome => outcome is OperatorReplacement.Overtaken));
        Assert.Equal(
            maria with { PasswordHash = $"hash-{winner}", SecurityStamp = $"stamp-{winner}", Version = 1 },
            Assert.Single(await Store.ReadAsync(Stop)));
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task Replace_keeps_second_factors_and_writes_no_entry_where_there_is_none()
    {
        var maria = An("maria");
        await Store.AddAsync(maria, Entry(), Stop);
        var before = await NewestAsync();
        var factors = new OperatorSecondFactors
        {
            Authenticator = new Authenticator("sealed", 57_000_000, LedgerRows.Start),
            RecoveryCodes = ["one", "two"],
            Passkeys = [new Passkey { CredentialId = [1, 2], PublicKey = [3], Name = "Ké'y", CreatedAt = LedgerRows.Start, SignCount = 7 }],
        };

        Assert.Equal(
            OperatorReplacement.Replaced,
            await Store.ReplaceAsync(maria with { SecondFactors = factors, MustChangePassword = true }, null, Stop));

        var stored = Assert.Single(await Store.ReadAsync(Stop));
        Assert.Equivalent(factors, stored.SecondFactors);
        Assert.True(stored.MustChangePassword);
        Assert.Equal(before, await NewestAsync());
    }

    [Theory]
    [InlineData("support", true)]
    [InlineData("administrator", false)]
    public async Task Last_administrator_is_neither_demoted_nor_disabled(string role, bool isEnabled)
    {
        var (maria, sue, rita) = (An("maria"), An("sue") with { Role = "support" }, An("rita") with { IsEnabled = false });
        foreach (var each in new[] { maria, sue, rita })
        {
            await Store.AddAsync(each, Entry(), Stop);
        }

        var before = await NewestAsync();
        var less = maria with { Role = role, IsEnabled = isEnabled };

        Assert.Equal(OperatorReplacement.LastAdministrator, await Store.ReplaceAsync(less, Entry(), Stop));
        Assert.Equal(before, await NewestAsync());

        await Store.ReplaceAsync(sue with { Role = "administrator" }, Entry(), Stop);
        Assert.Equal(OperatorReplacement.Replaced, await Store.ReplaceAsync(less, Entry(), Stop));
    }

    [Fact]
    public async Task Two_administrators_cannot_remove_each_other_at_once()
    {
        var (maria, sue) = (An("maria"), An("sue"));
        await Store.AddAsync(maria, Entry(), Stop);
        await Store.AddAsync(sue, Entry(), Stop);

        var outcomes = await Task.WhenAll(
            Task.Run(() => Store.ReplaceAsync(maria with { IsEnabled = false }, Entry(), Stop)),
            Task.Run(() => Store.ReplaceAsync(sue with { IsEnabled = false }, Entry(), Stop)));

        Assert.Equal([OperatorReplacement.Replaced, OperatorReplacement.LastAdministrator], outcomes.Order());
    }

    [Fact]
    public async Task Replacing_nobody_changes_nothing()
    {
        var before = await NewestAsync();

        Assert.Equal(OperatorReplacement.Overtaken, await Store.ReplaceAsync(An("nobody"), Entry(), Stop));

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
