using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Tokens.Ledger;

namespace Dashboard.Tests.Unit.Tokens.Revocation;

/// <summary>What every store of revocations must do.</summary>
public abstract class RevocationStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = LedgerRows.Start.AddSeconds(20);
    private static readonly RevocationStamp Stamp = new(Now, "bob", "why");
    private static readonly AuditEntry Entry = new(TokenBuilder.Somebody, "token.revoked", "token", "t-1", "why");

    private IRevocationStore Store => Host.Get<IRevocationStore>();

    private ITokenLedger Ledger => Host.Get<ITokenLedger>();

    [Fact]
    public async Task Revoke_concurrently_succeeds_exactly_once_and_leaves_one_audit_entry()
    {
        await Ledger.AddAsync(LedgerRows.Row(), null, Stop);
        var before = await NewestAuditAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() =>
            Store.RevokeAsync("t-1", Stamp with { By = $"caller-{number}" }, Entry, Stop))));

        var winner = Assert.Single(outcomes.OfType<TokenRevocationOutcome.Revoked>()).Stamp;
        Assert.Equal(31, outcomes.OfType<TokenRevocationOutcome.Already>().Count(already => already.Stamp == winner));
        Assert.Equal(winner, (await Ledger.FindAsync("t-1", Stop))!.Revoked);
        Assert.Equal(before + 1, await NewestAuditAsync());
    }

    [Fact]
    public async Task Revoke_a_token_that_was_never_issued_changes_nothing()
    {
        var before = await NewestAuditAsync();

        Assert.IsType<TokenRevocationOutcome.Unknown>(await Store.RevokeAsync("never", Stamp, Entry, Stop));
        Assert.Equal(before, await NewestAuditAsync());
    }

    [Fact]
    public async Task Purge_deletes_finished_revocations_that_began_before_and_leaves_what_they_revoked()
    {
        await Ledger.AddAsync(LedgerRows.Row(), null, Stop);
        var old = CutOff("old", RevocationScope.Subject, "alice", Now);
        var running = CutOff("running", RevocationScope.Subject, "bob", Now);
        var later = old with { Id = "later", Stamp = Stamp with { At = Now.AddDays(1) } };
        foreach (var revocation in new[] { old, running, later })
        {
            await Store.AddAsync(revocation, Entry, Stop);
        }

        await Store.ContinueAsync(old.Id, 10, Stop);
        await Store.CancelAsync("later", Entry, Stop);

        Assert.Equal(0, await Store.PurgeAsync(Now, 10, Term, Stop));
        Assert.Equal(1, await Store.PurgeAsync(Now.AddHours(1), 10, Term, Stop));
        Assert.Equal(0, await Store.PurgeAsync(Now.AddHours(1), 10, Term, Stop));
        Assert.Null(await Store.FindAsync(old.Id, Stop));
        Assert.NotNull(await Store.FindAsync("running", Stop));
        Assert.Equal(Stamp, (await Ledger.FindAsync("t-1", Stop))!.Revoked);
        Assert.Equal(["later", "running"], (await Store.ReadAsync(Now, Stop)).CutOffs.Select(cutOff => cutOff.Id).Order());
        await EndTermAsync();
        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Now.AddDays(2), 10, Term, Stop));
        Assert.NotNull(await Store.FindAsync("later", Stop));
    }

    [Fact]
    public async Task Continue_revokes_what_the_filter_covers_batch_by_batch()
    {
        var rows = await FillAsync(200, 21);
        var filter = new LedgerFilter { Scope = "read", Kind = TokenKind.Access };
        var expected = LedgerOracle.Matching(
            rows, filter with { Status = TokenStatus.Live, IssuedTo = Now.AddMilliseconds(1) }, Now);
        await Store.AddAsync(Filter("r-1", filter), Entry, Stop);
        List<string> revoked = [];
        RevocationBatch batch;

        do
        {
            batch = await Store.ContinueAsync("r-1", 3, Stop);
            Assert.InRange(batch.Tokens.Count, 0, 3);
            revoked.AddRange(batch.Tokens.Select(token => token.TokenId));
        }
        while (batch.Revocation.State is RevocationState.Running);

        Assert.Equal(expected, revoked);
        Assert.Equal((RevocationState.Done, expected.Count), (batch.Revocation.State, batch.Revocation.RevokedTokens));
        Assert.Equal(batch.Revocation, await Store.FindAsync("r-1", Stop));
        foreach (var id in revoked)
        {
            Assert.Equal(Stamp, (await Ledger.FindAsync(id, Stop))!.Revoked);
        }

        Assert.Equal(
            rows.Count(row => row.Revoked is not null) + expected.Count,
            (await Ledger.ListAsync(new LedgerFilter { Status = TokenStatus.Revoked }, Now, null, 1, Stop)).Total);
        Assert.Empty((await Store.ContinueAsync("r-1", 3, Stop)).Tokens);
    }

    [Fact]
    public async Task Continue_leaves_tokens_that_were_issued_later()
    {
        await Ledger.AddAsync(LedgerRows.Row("at") with { IssuedAt = Now, ExpiresAt = Now.AddHours(1) }, null, Stop);
        await Ledger.AddAsync(LedgerRows.Row("after") with { IssuedAt = Now.AddMilliseconds(1), ExpiresAt = Now.AddHours(1) }, null, Stop);
        await Store.AddAsync(CutOff("r-1", RevocationScope.Subject, "alice", Now), Entry, Stop);

        var batch = await Store.ContinueAsync("r-1", 10, Stop);

        Assert.Equal("at", Assert.Single(batch.Tokens).TokenId);
        Assert.Equal(RevocationState.Done, batch.Revocation.State);
    }

    [Fact]
    public async Task Cancel_stops_once_and_keeps_what_was_done()
    {
        await FillAsync(100, 22);
        await Store.AddAsync(Filter("r-1", new LedgerFilter()), Entry, Stop);
        var first = await Store.ContinueAsync("r-1", 5, Stop);
        var before = await NewestAuditAsync();

        Assert.True(await Store.CancelAsync("r-1", Entry, Stop));
        Assert.False(await Store.CancelAsync("r-1", Entry, Stop));
        Assert.False(await Store.CancelAsync("unknown", Entry, Stop));
        var afterwards = await Store.ContinueAsync("r-1", 5, Stop);

        Assert.Empty(afterwards.Tokens);
        Assert.Equal((RevocationState.Cancelled, first.Tokens.Count), (afterwards.Revocation.State, afterwards.Revocation.RevokedTokens));
        Assert.Empty(await Store.FindRunningAsync(Stop));
        Assert.Equal(before + 1, await NewestAuditAsync());
    }

    [Fact]
    public async Task Find_running_gives_the_unfinished_oldest_first()
    {
        await Store.AddAsync(CutOff("b", RevocationScope.Client, "c", Now) with { Stamp = Stamp with { At = Now.AddSeconds(1) } }, Entry, Stop);
        await Store.AddAsync(CutOff("c", RevocationScope.Client, "c", Now), Entry, Stop);
        await Store.AddAsync(CutOff("a", RevocationScope.Client, "c", Now), Entry, Stop);
        await Store.ContinueAsync("c", 10, Stop);

        Assert.Equal(["a", "b"], (await Store.FindRunningAsync(Stop)).Select(revocation => revocation.Id));
        Assert.Null(await Store.FindAsync("unknown", Stop));
    }

    [Fact]
    public async Task Every_member_of_a_filter_survives_being_stored()
    {
        var filter = new LedgerFilter
        {
            Kind = TokenKind.Access,
            Subject = "été\"'\U0001F600",
            Client = "c",
            Session = "s",
            Scope = "read",
            KeyId = "k",
            IssuedFrom = Now.AddTicks(1),
            IssuedTo = Now,
            ExpiresFrom = Now,
            ExpiresTo = Now,
            RevokedFrom = Now,
            NeverPresented = true,
            Text = "t",
        };
        await Store.AddAsync(Filter("r-1", filter), Entry, Stop);

        Assert.Equal(Filter("r-1", filter), await Store.FindAsync("r-1", Stop));
    }

    [Fact]
    public async Task Read_gives_every_cut_off_and_the_revoked_tokens_that_matter()
    {
        await Ledger.AddAsync(LedgerRows.Row("live") with { Revoked = Stamp, ExpiresAt = Now.AddSeconds(1) }, null, Stop);
        await Ledger.AddAsync(LedgerRows.Row("over") with { Revoked = Stamp, ExpiresAt = Now }, null, Stop);
        await Ledger.AddAsync(LedgerRows.Row("good") with { ExpiresAt = Now.AddSeconds(1) }, null, Stop);
        await Store.AddAsync(CutOff("r-1", RevocationScope.All, "", Now), Entry, Stop);
        await Store.AddAsync(CutOff("r-2", RevocationScope.Session, "s", Now), Entry, Stop);
        await Store.AddAsync(Filter("r-3", new LedgerFilter()), Entry, Stop);
        await Store.CancelAsync("r-2", Entry, Stop);

        var snapshot = await Store.ReadAsync(Now, Stop);

        Assert.Equal([("live", Now.AddSeconds(1))], snapshot.Tokens);
        Assert.Equal(["r-1", "r-2"], snapshot.CutOffs.Select(cutOff => cutOff.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Preview_counts_live_tokens_clients_and_subjects()
    {
        var rows = await FillAsync(200, 23);
        var filter = new LedgerFilter { Text = "a" };
        var covered = LedgerOracle.Matching(rows, filter with { Status = TokenStatus.Live }, Now);
        var live = rows.Where(row => covered.Contains(row.TokenId)).ToList();

        var preview = await Store.PreviewAsync(filter, Now, Stop);

        Assert.Equal(live.Count, preview.Tokens);
        Assert.Equal(live.Select(row => row.Client).OfType<string>().Distinct(StringComparer.Ordinal).Count(), preview.Clients);
        Assert.Equal(live.Select(row => row.Subject).Distinct(StringComparer.Ordinal).Count(), preview.Subjects);
        Assert.Equal(live.Max(row => row.ExpiresAt), preview.LastExpiryAt);
        Assert.False(preview.IsCapped);
        Assert.Equal(new(0, 0, 0, false, null), await Store.PreviewAsync(new LedgerFilter { Subject = "nobody" }, Now, Stop));

        // What is not signed is of use at no API.
        await Ledger.AddAsync(
            LedgerRows.Row("opaque") with { Kind = TokenKind.Registration, Subject = "opaque", KeyId = "", ExpiresAt = Now.AddDays(9) },
            null,
            Stop);
        Assert.Equal(new(1, 1, 1, false, null), await Store.PreviewAsync(new LedgerFilter { Subject = "opaque" }, Now, Stop));
    }

    private static TokenRevocation Filter(string id, LedgerFilter filter) =>
        new(id, RevocationScope.Filter, "", filter, Now, Stamp, RevocationState.Running, 0);

    private static TokenRevocation CutOff(string id, RevocationScope scope, string value, DateTimeOffset before) =>
        new(id, scope, value, TokenRevocations.FilterOf(scope, value), before, Stamp, RevocationState.Running, 0);

    private async Task<IReadOnlyList<LedgerEntry>> FillAsync(int count, ulong seed)
    {
        var rows = LedgerRows.Random(count, seed);
        await Task.WhenAll(rows.Select(row => Ledger.AddAsync(row, null, Stop)));
        return rows;
    }

    private async Task<long> NewestAuditAsync() => (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}

public sealed class SqliteRevocationStoreTests() : RevocationStoreContract(StoreKinds.Sqlite);

public sealed class RedisRevocationStoreTests(RedisServer redis) : RevocationStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterRevocationStoreTests(RedisCluster cluster) : RevocationStoreContract(cluster.Settings());
