using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Refresh;

/// <summary>What every store of refresh tokens must do.</summary>
public abstract class RefreshTokenStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = LedgerRows.Start;

    private IRefreshTokenStore Store => Host.Get<IRefreshTokenStore>();

    private ITokenLedger Ledger => Host.Get<ITokenLedger>();

    [Fact]
    public async Task Start_then_find_gives_the_same_token_and_rows_also_after_a_restart()
    {
        var token = Token(1) with { Subject = "é\U0001F600'\"", Scope = "", Resource = "https://api.example.com", };
        LedgerEntry[] rows = [RowOf(token), LedgerRows.Row("a-1") with { Family = token.Family }];

        Assert.True(await Store.StartAsync(token, rows, Stop));
        await Host.ReopenAsync();

        var found = await Store.FindAsync(token.Hash, Stop);
        Assert.Equal(token with { Hash = found!.Hash }, found);
        Assert.Equal(token.Hash, found.Hash);
        Assert.Null(await Store.FindAsync([2], Stop));
        Assert.Equal(rows[0], await Ledger.FindAsync(token.TokenId, Stop));
        var page = await Ledger.ListAsync(new LedgerFilter { Family = token.Family }, Now, null, 10, Stop);
        Assert.Equal(2, page.Items.Count);
        Assert.Empty((await Ledger.ListAsync(new LedgerFilter { Family = "another" }, Now, null, 10, Stop)).Items);
    }

    [Fact]
    public async Task Use_puts_the_successor_in_place_and_ends_the_used_one_in_the_ledger()
    {
        var token = await StartAsync();
        var successor = Next(token, 2);

        Assert.IsType<RefreshUse.Used>(await UseAsync(token, successor, Now.AddHours(1)));

        var found = await Store.FindAsync(successor.Hash, Stop);
        Assert.Equal(token.Hash, found!.Predecessor);
        Assert.Equal(token.GrantedAt, found.GrantedAt);
        Assert.Null(found.UsedAt);
        Assert.Equal(Now.AddHours(1), (await Store.FindAsync(token.Hash, Stop))!.UsedAt);
        Assert.Equal(Now.AddHours(1), (await Ledger.FindAsync(token.TokenId, Stop))!.ExpiresAt);
        var live = await Ledger.ListAsync(new LedgerFilter { Status = TokenStatus.Live }, Now.AddHours(1), null, 10, Stop);
        Assert.Equal(successor.TokenId, Assert.Single(live.Items).TokenId);
        var counts = await Ledger.CountAsync(Now.AddHours(1), Now, Stop);
        Assert.Equal(1, counts.Live.Value);
    }

    [Fact]
    public async Task One_of_fifty_at_once_uses_it_and_the_others_end_the_family()
    {
        var token = await StartAsync();

        var uses = await Task.WhenAll(Enumerable.Range(10, 50)
            .Select(number => Task.Run(() => UseAsync(token, Next(token, (byte)number), Now))));

        Assert.Single(uses, use => use is RefreshUse.Used);
        Assert.Single(uses, use => use is RefreshUse.Replayed);
        Assert.Equal(48, uses.Count(use => use is RefreshUse.Revoked));
        Assert.NotNull((await Store.FindAsync(token.Hash, Stop))!.FamilyRevokedAt);
        Assert.Equal(2, (await Ledger.ListAsync(new LedgerFilter { Family = token.Family }, Now, null, 100, Stop)).Items.Count);
    }

    [Fact]
    public async Task Replay_after_a_restart_ends_the_family_and_its_newest_token()
    {
        var token = await StartAsync();
        var successor = Next(token, 2);
        await UseAsync(token, successor, Now);
        await Host.ReopenAsync();

        Assert.IsType<RefreshUse.Replayed>(await UseAsync(token, Next(token, 3), Now.AddDays(30)));

        Assert.IsType<RefreshUse.Revoked>(await UseAsync(successor, Next(successor, 4), Now.AddDays(30)));
        Assert.Null(await Store.FindAsync([3], Stop));
        Assert.Null(await Store.FindAsync([4], Stop));
        Assert.Equal(Now.AddDays(30), (await Store.FindAsync(successor.Hash, Stop))!.FamilyRevokedAt);
    }

    [Fact]
    public async Task Grace_answers_with_the_same_successor_until_that_is_used_or_time_is_over()
    {
        var token = await StartAsync();
        var successor = Next(token, 2);
        var grace = TimeSpan.FromSeconds(10);
        await UseAsync(token, successor, Now, grace, [1, 0, 255]);

        var again = Assert.IsType<RefreshUse.UsedJustNow>(await UseAsync(token, Next(token, 3), Now.AddSeconds(9.999), grace, [7]));

        Assert.Equal([1, 0, 255], again.SealedSuccessor);
        Assert.Null(await Store.FindAsync([3], Stop));
        Assert.IsType<RefreshUse.Used>(await UseAsync(successor, Next(successor, 4), Now.AddSeconds(9.999), grace, [8]));
        Assert.IsType<RefreshUse.Replayed>(await UseAsync(token, Next(token, 5), Now.AddSeconds(9.999), grace, [9]));
    }

    [Fact]
    public async Task Grace_is_over_at_its_end()
    {
        var token = await StartAsync();
        var grace = TimeSpan.FromSeconds(10);
        await UseAsync(token, Next(token, 2), Now, grace, [1]);

        Assert.IsType<RefreshUse.Replayed>(await UseAsync(token, Next(token, 3), Now.AddSeconds(10), grace, [7]));
    }

    [Fact]
    public async Task Revoked_family_is_of_no_use_and_says_when_it_ends()
    {
        var token = await StartAsync();

        Assert.Equal(token.ExpiresAt, await Store.RevokeFamilyAsync(token.Family, Now, Now.AddDays(500), Stop));
        Assert.Equal(token.ExpiresAt, await Store.RevokeFamilyAsync(token.Family, Now.AddDays(1), Now.AddDays(500), Stop));

        Assert.Equal(Now, (await Store.FindAsync(token.Hash, Stop))!.FamilyRevokedAt);
        Assert.IsType<RefreshUse.Revoked>(await UseAsync(token, Next(token, 2), Now));
        Assert.IsType<RefreshUse.Unknown>(await UseAsync(Token(9), Next(Token(9), 2), Now));
    }

    [Fact]
    public async Task Token_whose_row_was_revoked_is_of_no_use_and_stays_unused()
    {
        var token = await StartAsync();
        await Host.Get<IRevocationStore>().RevokeAsync(
            token.TokenId,
            new RevocationStamp(Now, "root", "why"),
            new AuditEntry(TokenBuilder.Somebody, "token.revoked", "token", token.TokenId),
            Stop);

        Assert.IsType<RefreshUse.Revoked>(await UseAsync(token, Next(token, 2), Now));

        Assert.Null(await Store.FindAsync([2], Stop));
        Assert.Null((await Store.FindAsync(token.Hash, Stop))!.UsedAt);
    }

    [Fact]
    public async Task Use_and_revocation_of_the_row_at_once_leave_one_of_both()
    {
        foreach (var number in Enumerable.Range(1, 16))
        {
            var token = Token((byte)number);
            Assert.True(await Store.StartAsync(token, [RowOf(token)], Stop));
            var use = Task.Run(() => UseAsync(token, Next(token, (byte)(number + 100)), Now));
            var revocation = Task.Run(() => Host.Get<IRevocationStore>().RevokeAsync(
                token.TokenId,
                new RevocationStamp(Now, "root", "why"),
                new AuditEntry(TokenBuilder.Somebody, "token.revoked", "token", token.TokenId),
                Stop));
            await revocation;

            var isUsed = await use is RefreshUse.Used;
            Assert.Equal(isUsed, await Store.FindAsync([(byte)(number + 100)], Stop) is not null);
            Assert.Equal(isUsed, (await Store.FindAsync(token.Hash, Stop))!.UsedAt is not null);
        }
    }

    [Fact]
    public async Task Family_that_was_revoked_before_it_began_never_begins()
    {
        var token = Token(1);

        Assert.Equal(Now.AddDays(2), await Store.RevokeFamilyAsync(token.Family, Now, Now.AddDays(2), Stop));

        Assert.False(await Store.StartAsync(token, [RowOf(token)], Stop));
        Assert.Null(await Store.FindAsync(token.Hash, Stop));
        Assert.Null(await Ledger.FindAsync(token.TokenId, Stop));
    }

    [Fact]
    public async Task Purge_forgets_what_expired_before_in_small_batches_and_nothing_else()
    {
        foreach (var number in Enumerable.Range(1, 6))
        {
            var token = Token((byte)number) with { ExpiresAt = Now.AddDays(number) };
            Assert.True(await Store.StartAsync(token, [RowOf(token)], Stop));
        }

        Assert.Equal(4, await Store.PurgeAsync(Now.AddDays(4), 2, Term, Stop));
        Assert.Equal(2, await Store.PurgeAsync(Now.AddDays(4), 100, Term, Stop));
        Assert.Equal(0, await Store.PurgeAsync(Now.AddDays(4), 100, Term, Stop));
        Assert.Null(await Store.FindAsync([3], Stop));
        Assert.NotNull(await Store.FindAsync([4], Stop));
    }

    [Fact]
    public async Task Purge_of_an_earlier_term_forgets_nothing()
    {
        var token = await StartAsync();
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(token.ExpiresAt.AddDays(1), 100, Term, Stop));

        Assert.NotNull(await Store.FindAsync(token.Hash, Stop));
    }

    private async Task<StoredRefreshToken> StartAsync()
    {
        var token = Token(1);
        Assert.True(await Store.StartAsync(token, [RowOf(token)], Stop));
        return token;
    }

    private Task<RefreshUse> UseAsync(
        StoredRefreshToken token,
        StoredRefreshToken successor,
        DateTimeOffset now,
        TimeSpan grace = default,
        byte[]? box = null) =>
        Store.UseAsync(
            new RefreshRotation(token, successor, [RowOf(successor)], now) { Grace = grace, SealedSuccessor = box }, Stop);

    private static StoredRefreshToken Token(byte number) => new()
    {
        Hash = [number],
        TokenId = $"r-{number}",
        Family = $"family-{number}",
        Client = "client-1",
        Subject = "user:anna",
        Scope = "read write",
        IssuedAt = Now,
        GrantedAt = Now.AddSeconds(-7),
        ExpiresAt = Now.AddDays(365),
    };

    private static StoredRefreshToken Next(StoredRefreshToken token, byte number) =>
        token with { Hash = [number], TokenId = $"r-{number}", Predecessor = token.Hash };

    private static LedgerEntry RowOf(StoredRefreshToken token) => LedgerRows.Row(token.TokenId) with
    {
        Kind = TokenKind.Refresh,
        Session = null,
        Family = token.Family,
        GrantedAt = token.GrantedAt,
        KeyId = "",
        IssuedAt = token.IssuedAt,
        ExpiresAt = token.ExpiresAt,
    };
}

public sealed class SqliteRefreshTokenStoreTests() : RefreshTokenStoreContract(StoreKinds.Sqlite);

public sealed class RedisRefreshTokenStoreTests(RedisServer redis) : RefreshTokenStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterRefreshTokenStoreTests(RedisCluster cluster) : RefreshTokenStoreContract(cluster.Settings());
