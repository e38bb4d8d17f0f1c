using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Ledger;

/// <summary>What every ledger must do.</summary>
public abstract class TokenLedgerContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = LedgerRows.Start.AddSeconds(20);

    private ITokenLedger Ledger => Host.Get<ITokenLedger>();

    [Fact]
    public async Task Add_then_find_gives_the_same_row()
    {
        var row = LedgerRows.Row() with
        {
            Subject = "é\U0001F600 '\"%\\",
            Client = null,
            Session = null,
            Family = "f-1",
            KeyId = "",
            Defect = "expired",
            Revoked = new RevocationStamp(LedgerRows.Start, "bob", "why"),
        };

        await Ledger.AddAsync(row, null, Stop);

        Assert.Equal(row, await Ledger.FindAsync("t-1", Stop));
        Assert.Null(await Ledger.FindAsync("T-1", Stop));
        Assert.Null(await Ledger.FindAsync("", Stop));
    }

    [Fact]
    public async Task Add_the_same_id_twice_throws_and_keeps_the_first()
    {
        await Ledger.AddAsync(LedgerRows.Row(), null, Stop);
        var before = await NewestAuditAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => Ledger.AddAsync(
            LedgerRows.Row() with { Subject = "mallory" }, new AuditEntry(Actor.Signet, "token.minted", "token", "t-1"), Stop));

        Assert.Equal("alice", (await Ledger.FindAsync("t-1", Stop))!.Subject);
        Assert.Equal(before, await NewestAuditAsync());
    }

    [Fact]
    public async Task List_every_combination_of_filters_finds_what_the_obvious_filter_finds()
    {
        var rows = await FillAsync(400, seed: 1);
        var random = new Lcg(2);

        for (var round = 0; round < 600; round++)
        {
            var filter = LedgerOracle.Random(random);
            var expected = LedgerOracle.Matching(rows, filter, Now);

            var page = await Ledger.ListAsync(filter, Now, null, 1_000, Stop);

            Assert.True(expected.SequenceEqual(page.Items.Select(row => row.TokenId)), $"Round {round}: {filter}");
            Assert.True(expected.Count == page.Total && !page.TotalIsCapped, $"Round {round}: {page.Total} of {expected.Count}, {filter}");
            Assert.Null(page.NextCursor);
        }
    }

    [Fact]
    public async Task List_finds_what_the_obvious_filter_finds_after_rows_changed_whatever_time_it_is()
    {
        var ids = (await FillAsync(240, seed: 9)).Select(row => row.TokenId).ToList();
        var random = new Lcg(10);
        await Ledger.RecordPresentationsAsync(
            [.. ids.Where((_, index) => index % 3 == 0).Select(id => new TokenPresentation(id, Now, null, null, "api"))], Stop);

        // Back in time as well: another node's clock may be behind.
        foreach (var now in new[] { Now, Now.AddSeconds(15), Now.AddSeconds(-5), Now.AddSeconds(30) })
        {
            await RevokeAsync(ids.Where(_ => random.OneIn(10)), now);
            await Ledger.PurgeAsync(now.AddSeconds(-15), 20, Term, Stop);
            var rows = (await Task.WhenAll(ids.Select(id => Ledger.FindAsync(id, Stop)))).OfType<LedgerEntry>().ToList();
            for (var round = 0; round < 120; round++)
            {
                var filter = LedgerOracle.Random(random);
                var expected = LedgerOracle.Matching(rows, filter, now);

                var page = await Ledger.ListAsync(filter, now, null, 1_000, Stop);

                Assert.True(expected.SequenceEqual(page.Items.Select(row => row.TokenId)), $"{now}: {filter}");
                Assert.True(expected.Count == page.Total, $"{now}: {page.Total} of {expected.Count}, {filter}");
            }
        }
    }

    [Fact]
    public async Task Purge_of_everything_leaves_nothing_to_find()
    {
        var rows = await FillAsync(60, seed: 11);
        await RevokeAsync(rows.Take(20).Select(row => row.TokenId), Now);

        Assert.Equal(60, await Ledger.PurgeAsync(Now.AddDays(1), 1_000, Term, Stop));

        foreach (var filter in new LedgerFilter[] { new(), new() { Text = "a" }, new() { KeyId = "key-1" }, new() { Status = TokenStatus.Revoked }, new() { NeverPresented = true } })
        {
            var page = await Ledger.ListAsync(filter, Now, null, 10, Stop);
            Assert.Equal((0, 0), (page.Items.Count, page.Total));
        }

        var zero = new CappedCount(0, false);
        Assert.Equal(new LedgerCounts(zero, zero, zero), await Ledger.CountAsync(Now, LedgerRows.Start, Stop));
        Assert.Equal(new(0, 0, false, null, null), await Ledger.ReadUsageAsync("key-1", Now, Stop));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task List_page_by_page_visits_every_row_once_while_rows_are_added(int limit)
    {
        var rows = await FillAsync(200, seed: 3);
        foreach (var filter in new LedgerFilter[] { new(), new() { Text = "a" }, new() { Scope = "read" }, new() { Status = TokenStatus.Live } })
        {
            List<string> seen = [];
            string? cursor = null;
            do
            {
                var page = await Ledger.ListAsync(filter, Now, cursor, limit, Stop);
                seen.AddRange(page.Items.Select(row => row.TokenId));
                cursor = page.NextCursor;
                await Ledger.AddAsync(
                    LedgerRows.Row($"a-new-{Guid.CreateVersion7()}") with { IssuedAt = LedgerRows.Start.AddDays(1), ExpiresAt = LedgerRows.Start.AddDays(2) },
                    null,
                    Stop);
            }
            while (cursor is not null);

            Assert.Equal(LedgerOracle.Matching(rows, filter, Now), seen.Where(id => !id.StartsWith("a-new", StringComparison.Ordinal)));
            Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Fact]
    public async Task List_with_a_cursor_that_is_none_begins_at_the_beginning()
    {
        await FillAsync(3, seed: 4);

        foreach (var cursor in new[] { "garbage", "!", "", "AAAA", "-1:x", new string('A', 10_000) })
        {
            Assert.Equal(3, (await Ledger.ListAsync(new LedgerFilter(), Now, cursor, 10, Stop)).Items.Count);
        }
    }

    [Fact]
    public async Task List_by_the_beginning_of_a_text_works_with_more_subjects_than_can_be_merged()
    {
        var rows = Enumerable.Range(0, 450)
            .Select(number => LedgerRows.Row($"id-{number}") with { Subject = $"user-{number % 225:d3}", Client = number % 2 == 0 ? $"user-{number}" : null })
            .ToList();
        await AddAsync(rows);

        foreach (var text in new[] { "user-", "user-1", "user-22", "id-4", "nobody" })
        {
            var filter = new LedgerFilter { Text = text, Kind = Dashboard.Core.Tokens.TokenKind.Access };
            var page = await Ledger.ListAsync(filter, Now, null, 1_000, Stop);

            Assert.Equal(LedgerOracle.Matching(rows, filter, Now), page.Items.Select(row => row.TokenId));
            Assert.Equal(page.Items.Count, page.Total);
        }
    }

    [Fact]
    public async Task List_with_more_combinations_of_scopes_than_can_be_merged_still_finds_one()
    {
        var rows = Enumerable.Range(0, 250).Select(number => LedgerRows.Row($"id-{number}") with { Scope = $"read s{number}" }).ToList();
        await AddAsync(rows);

        Assert.Equal(250, (await Ledger.ListAsync(new LedgerFilter { Scope = "read" }, Now, null, 1_000, Stop)).Items.Count);
        Assert.Equal("id-7", Assert.Single((await Ledger.ListAsync(new LedgerFilter { Scope = "s7" }, Now, null, 10, Stop)).Items).TokenId);
    }

    [Fact]
    public async Task List_total_stops_counting_at_ten_thousand()
    {
        await AddAsync(Enumerable.Range(0, 10_001).Select(number => LedgerRows.Row($"id-{number}")));

        var page = await Ledger.ListAsync(new LedgerFilter(), Now, null, 10, Stop);

        Assert.Equal((10_000, true), (page.Total, page.TotalIsCapped));
        Assert.Equal(10, page.Items.Count);
    }

    [Fact]
    public async Task Presentation_that_is_told_of_too_late_is_left_out()
    {
        await Ledger.AddAsync(LedgerRows.Row(), null, Stop);
        await Ledger.RecordPresentationsAsync([new("t-1", Now.AddSeconds(5), null, null, "api")], Stop);

        await Ledger.RecordPresentationsAsync([new("t-1", Now, null, null, "resource files")], Stop);

        Presentation only = new(Now.AddSeconds(5), null, null, "api");
        Assert.Equal(new PresentationSpan(only, only), (await Ledger.FindAsync("t-1", Stop))!.Presented);
    }

    [Fact]
    public async Task Presentations_keep_the_first_and_replace_the_last()
    {
        await Ledger.AddAsync(LedgerRows.Row(), null, Stop);

        await Ledger.RecordPresentationsAsync([new("t-1", Now, "192.0.2.1", "curl", "validate"), new("unknown", Now, null, null, "api")], Stop);
        await Ledger.RecordPresentationsAsync([new("t-1", Now.AddSeconds(5), null, null, "api")], Stop);

        Assert.Equal(
            new PresentationSpan(new(Now, "192.0.2.1", "curl", "validate"), new(Now.AddSeconds(5), null, null, "api")), (await Ledger.FindAsync("t-1", Stop))!.Presented);
        Assert.Empty((await Ledger.ListAsync(new LedgerFilter { NeverPresented = true }, Now, null, 10, Stop)).Items);
        Assert.Null(await Ledger.FindAsync("unknown", Stop));
    }

    [Fact]
    public async Task Purge_of_an_earlier_term_deletes_nothing()
    {
        var rows = await FillAsync(10, seed: 5);
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Ledger.PurgeAsync(rows.Max(row => row.ExpiresAt).AddDays(1), 10, Term, Stop));

        Assert.Equal(10, (await Ledger.ListAsync(new LedgerFilter(), Now, null, 1, Stop)).Total);
    }

    [Fact]
    public async Task Purge_deletes_what_expired_before_in_small_batches_and_nothing_else()
    {
        var rows = await FillAsync(100, seed: 5);
        var due = rows.Count(row => row.ExpiresAt < Now);

        Assert.Equal(10, await Ledger.PurgeAsync(Now, 10, Term, Stop));
        Assert.Equal(due - 10, await Ledger.PurgeAsync(Now, 1_000, Term, Stop));
        Assert.Equal(0, await Ledger.PurgeAsync(Now, 1_000, Term, Stop));
        Assert.Equal(rows.Count - due, (await Ledger.ListAsync(new LedgerFilter(), Now, null, 1, Stop)).Total);
    }

    [Fact]
    public async Task Usage_counts_live_tokens_and_clients_of_one_key()
    {
        var rows = (await FillAsync(200, seed: 6)).Where(row => row.KeyId == "key-1").ToList();
        var live = rows.Where(row => row.Revoked is null && row.ExpiresAt > Now).ToList();

        var usage = await Ledger.ReadUsageAsync("key-1", Now, Stop);

        Assert.Equal(live.Count, usage.LiveTokens);
        Assert.Equal(live.Select(row => row.Client).OfType<string>().Distinct(StringComparer.Ordinal).Count(), usage.LiveClients);
        Assert.Equal(rows.Max(row => row.ExpiresAt), usage.LastExpiryAt);
        Assert.Equal(rows.Max(row => row.IssuedAt), usage.LastSignedAt);
        Assert.False(usage.IsCapped);
        Assert.Equal(new(0, 0, false, null, null), await Ledger.ReadUsageAsync("never", Now, Stop));
    }

    [Fact]
    public async Task Count_tells_live_recently_issued_and_recently_revoked()
    {
        var rows = await FillAsync(200, seed: 8);
        var since = LedgerRows.Start.AddSeconds(5);

        var counts = await Ledger.CountAsync(Now, since, Stop);

        Assert.Equal(new(rows.Count(row => row.Revoked is null && row.ExpiresAt > Now), false), counts.Live);
        Assert.Equal(new(rows.Count(row => row.IssuedAt >= since), false), counts.Issued);
        Assert.Equal(new(rows.Count(row => row.Revoked?.At >= since), false), counts.Revoked);
    }

    [Fact]
    public async Task Read_goes_on_after_a_row()
    {
        var rows = await FillAsync(50, seed: 7);
        var expected = LedgerOracle.Matching(rows, new LedgerFilter(), Now);

        var first = await Ledger.ReadAsync(new LedgerFilter(), Now, null, 20, Stop);
        var rest = await Ledger.ReadAsync(new LedgerFilter(), Now, new PageCursor(first[^1].IssuedAt, first[^1].TokenId), 100, Stop);

        Assert.Equal(expected, first.Concat(rest).Select(row => row.TokenId));
    }

    private async Task RevokeAsync(IEnumerable<string> ids, DateTimeOffset at)
    {
        foreach (var id in ids)
        {
            await Host.Get<IRevocationStore>().RevokeAsync(
                id, new RevocationStamp(at, "bob", "why"), new AuditEntry(Actor.Signet, "token.revoked", "token", id), Stop);
        }
    }

    private async Task<IReadOnlyList<LedgerEntry>> FillAsync(int count, ulong seed)
    {
        var rows = LedgerRows.Random(count, seed);
        await AddAsync(rows);
        return rows;
    }

    // Not all at once: a store may refuse what it cannot do within its time-out.
    private async Task AddAsync(IEnumerable<LedgerEntry> rows)
    {
        foreach (var batch in rows.Chunk(250))
        {
            await Task.WhenAll(batch.Select(row => Ledger.AddAsync(row, null, Stop)));
        }
    }

    private async Task<long> NewestAuditAsync() => (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}

public sealed class SqliteTokenLedgerTests() : TokenLedgerContract(StoreKinds.Sqlite);

public sealed class RedisTokenLedgerTests(RedisServer redis) : TokenLedgerContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterTokenLedgerTests(RedisCluster cluster) : TokenLedgerContract(cluster.Settings());
