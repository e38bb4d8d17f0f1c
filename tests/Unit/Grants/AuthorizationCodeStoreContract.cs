using Dashboard.Core.Grants;
using Dashboard.Core.Grants.Codes;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Grants;

/// <summary>What every store of authorization codes must do.</summary>
public abstract class AuthorizationCodeStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private IAuthorizationCodeStore Store => Host.Get<IAuthorizationCodeStore>();

    [Theory]
    [InlineData("https://api.example.com", "read write")]
    [InlineData(null, "")]
    public async Task Add_then_find_gives_the_same_code_also_after_a_restart(string? resource, string scope)
    {
        var code = Code(1);
        code = code with { Grant = code.Grant with { Resource = resource, Scopes = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries) } };
        await Store.AddAsync(code, Stop);

        await Host.ReopenAsync();

        var found = await Store.FindAsync([1, 0, 255], Stop);
        Assert.Equivalent(code, found, strict: true);
        Assert.Null(await Store.FindAsync([1, 0, 254], Stop));
    }

    [Fact]
    public async Task One_of_many_at_once_uses_it_and_all_hear_of_its_family()
    {
        await Store.AddAsync(Code(1), Stop);

        var families = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(async () =>
            (Own: $"f-{number}", Given: await Store.UseAsync([1, 0, 255], $"f-{number}", Now, Stop)))));

        var first = Assert.Single(families, family => family.Own == family.Given);
        Assert.All(families, family => Assert.Equal(first.Own, family.Given));
        Assert.Equal(first.Own, (await Store.FindAsync([1, 0, 255], Stop))!.Family);
        Assert.Null(await Store.UseAsync([2, 0, 255], "f", Now, Stop));
    }

    [Fact]
    public async Task Use_survives_a_restart()
    {
        await Store.AddAsync(Code(1), Stop);
        await Store.UseAsync([1, 0, 255], "f-1", Now, Stop);

        await Host.ReopenAsync();

        Assert.Equal("f-1", await Store.UseAsync([1, 0, 255], "f-2", Now, Stop));
    }

    [Fact]
    public async Task Purge_forgets_what_expired_before_in_small_batches_and_nothing_else()
    {
        foreach (var number in Enumerable.Range(1, 6))
        {
            await Store.AddAsync(Code((byte)number), Stop);
        }

        Assert.Equal(2, await Store.PurgeAsync(Now.AddSeconds(4), 2, Term, Stop));
        Assert.Equal(1, await Store.PurgeAsync(Now.AddSeconds(4), 100, Term, Stop));
        Assert.Equal(0, await Store.PurgeAsync(Now.AddSeconds(4), 100, Term, Stop));
        Assert.Null(await Store.FindAsync([3, 0, 255], Stop));
        Assert.NotNull(await Store.FindAsync([4, 0, 255], Stop));
    }

    [Fact]
    public async Task Purge_of_an_earlier_term_forgets_nothing()
    {
        await Store.AddAsync(Code(1), Stop);
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Now.AddDays(1), 100, Term, Stop));

        Assert.NotNull(await Store.FindAsync([1, 0, 255], Stop));
    }

    private static StoredCode Code(byte number) => new(
        [number, 0, 255],
        new AuthorizationGrant(
            "client-1", "https://app.example.com/?x=é%2F", "challenge", "user:anna", "anna", ["read"], null),
        Now,
        Now.AddSeconds(number));
}

public sealed class SqliteAuthorizationCodeStoreTests() : AuthorizationCodeStoreContract(StoreKinds.Sqlite);

public sealed class RedisAuthorizationCodeStoreTests(RedisServer redis) : AuthorizationCodeStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterAuthorizationCodeStoreTests(RedisCluster cluster)
    : AuthorizationCodeStoreContract(cluster.Settings());
