using Dashboard.Core.Audit;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients.Registration;

/// <summary>What every store of initial access tokens must do.</summary>
public abstract class InitialAccessTokenStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private IInitialAccessTokenStore Store => Host.Get<IInitialAccessTokenStore>();

    [Fact]
    public async Task Added_token_is_found_by_its_hash_and_listed_newest_first()
    {
        var first = A("first") with { Label = "Té'am \U0001F600 a/b", ExpiresAt = Now.AddDays(1), Uses = 3 };
        var second = A("second") with { CreatedAt = Now.AddSeconds(1) };

        await Store.AddAsync(first, Entry(), Stop);
        await Store.AddAsync(second, Entry(), Stop);
        await Host.ReopenAsync();

        Assert.Equivalent(first, await Store.FindAsync(first.Hash, Stop), strict: true);
        Assert.Null(await Store.FindAsync(InitialAccessToken.HashOf("third"), Stop));
        Assert.Equivalent(new[] { second, first }, await Store.ReadAsync(Stop), strict: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Of_many_at_once_no_more_use_it_than_may(int uses)
    {
        var token = A("raced") with { Uses = uses, Label = "a/b é" };
        await Store.AddAsync(token, Entry(), Stop);

        var consumed = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.ConsumeAsync(token.Hash, Now, Stop))));

        Assert.Equal(uses, consumed.Count(isConsumed => isConsumed));
        Assert.Equivalent(token with { Used = uses, LastUsedAt = Now }, await Store.FindAsync(token.Hash, Stop), strict: true);
    }

    [Fact]
    public async Task Token_without_a_number_of_uses_is_used_until_it_expires()
    {
        var token = A("endless") with { ExpiresAt = Now.AddMinutes(1) };
        await Store.AddAsync(token, Entry(), Stop);

        Assert.True(await Store.ConsumeAsync(token.Hash, Now, Stop));
        Assert.True(await Store.ConsumeAsync(token.Hash, Now.AddSeconds(59), Stop));
        Assert.False(await Store.ConsumeAsync(token.Hash, Now.AddMinutes(1), Stop));
        Assert.False(await Store.ConsumeAsync(InitialAccessToken.HashOf("another"), Now, Stop));
        Assert.Equal(2, (await Store.FindAsync(token.Hash, Stop))!.Used);
    }

    [Fact]
    public async Task Deleted_token_is_gone_with_one_entry()
    {
        var token = A("deleted");
        await Store.AddAsync(token, Entry(), Stop);
        var before = await NewestAsync();

        Assert.True(await Store.DeleteAsync(token.Id, Now, Entry(), Stop));
        Assert.False(await Store.DeleteAsync(token.Id, Now, Entry(), Stop));

        Assert.False(await Store.ConsumeAsync(token.Hash, Now, Stop));
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task Row_in_the_ledger_comes_with_the_token_and_ends_with_its_last_use_or_with_it()
    {
        var ledger = Host.Get<ITokenLedger>();
        var (used, deleted) = (A("used") with { Uses = 2 }, A("deleted"));
        await Store.AddAsync(used, Entry(), Stop);
        await Store.AddAsync(deleted, Entry(), Stop);
        var row = await ledger.FindAsync(used.Id, Stop);
        Assert.Equivalent(RegistrationCredentials.RowOf(used), row, strict: true);

        Assert.True(await Store.ConsumeAsync(used.Hash, Now.AddSeconds(1), Stop));
        Assert.Equivalent(row, await ledger.FindAsync(used.Id, Stop), strict: true);

        Assert.True(await Store.ConsumeAsync(used.Hash, Now.AddSeconds(2), Stop));
        Assert.False(await Store.ConsumeAsync(used.Hash, Now.AddSeconds(3), Stop));
        Assert.True(await Store.DeleteAsync(deleted.Id, Now.AddSeconds(4), Entry(), Stop));

        Assert.Equal(Now.AddSeconds(2), (await ledger.FindAsync(used.Id, Stop))!.ExpiresAt);
        Assert.Equal(Now.AddSeconds(4), (await ledger.FindAsync(deleted.Id, Stop))!.ExpiresAt);
    }

    [Fact]
    public async Task Purge_takes_what_expired_or_was_used_up_before()
    {
        var tokens = new[]
        {
            A("expired") with { ExpiresAt = Now.AddDays(-2) },
            A("used up") with { Uses = 1 },
            A("used up later") with { Uses = 1 },
            A("expires later") with { ExpiresAt = Now },
            A("never expires"),
        };
        foreach (var token in tokens)
        {
            await Store.AddAsync(token, Entry(), Stop);
        }

        Assert.True(await Store.ConsumeAsync(tokens[1].Hash, Now.AddDays(-2), Stop));
        Assert.True(await Store.ConsumeAsync(tokens[2].Hash, Now, Stop));
        Assert.True(await Store.ConsumeAsync(tokens[4].Hash, Now.AddDays(-2), Stop));

        Assert.Equal(1, await Store.PurgeAsync(Now.AddDays(-1), 1, Term, Stop));
        Assert.Equal(1, await Store.PurgeAsync(Now.AddDays(-1), 10, Term, Stop));

        Assert.Equal(
            ["expires later", "never expires", "used up later"], (await Store.ReadAsync(Stop)).Select(token => token.Label).Order());
    }

    [Fact]
    public async Task Purge_of_an_earlier_term_takes_nothing()
    {
        await Store.AddAsync(A("expired") with { ExpiresAt = Now.AddDays(-2) }, Entry(), Stop);
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Now, 10, Term, Stop));

        Assert.Single(await Store.ReadAsync(Stop));
    }

    private static InitialAccessToken A(string secret)
    {
        var hash = InitialAccessToken.HashOf(secret);
        return new InitialAccessToken
        {
            Id = InitialAccessToken.IdOf(hash),
            Label = secret,
            Hash = hash,
            CreatedBy = "admin",
            CreatedAt = Now,
        };
    }

    private static AuditEntry Entry() => new(Actor.Signet, "initial_access_token.created", "initial_access_token", "test");

    private async Task<long> NewestAsync() => (await Host.Get<AuditLog>().FindNewestAsync(Stop))?.Number ?? 0;
}

public sealed class SqliteInitialAccessTokenStoreTests() : InitialAccessTokenStoreContract(StoreKinds.Sqlite);

public sealed class RedisInitialAccessTokenStoreTests(RedisServer redis) : InitialAccessTokenStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterInitialAccessTokenStoreTests(RedisCluster cluster)
    : InitialAccessTokenStoreContract(cluster.Settings());
