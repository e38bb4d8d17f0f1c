using Dashboard.Core.Audit;

namespace Dashboard.Tests.Unit.Audit;

/// <summary>What cannot be answered by one index is looked for by parts: nobody waits for a whole log.</summary>
public sealed class AuditSearchTests
{
    private const int Entries = 25_000;
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CountedLog _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reason_that_is_far_back_is_found_by_going_on()
    {
        var filter = new AuditFilter(Reason: "FIRST of all");
        var search = new AuditSearch(_log);
        var (pages, looked) = (0, new List<DateTimeOffset?>());
        string? cursor = null;
        List<long> seen = [];
        do
        {
            _log.Looked = 0;
            var found = await search.FindAsync(filter, cursor, 50, Stop);
            Assert.InRange(_log.Looked, 1, (2 * AuditSearch.MostLooked) + 100);
            seen.AddRange(found.Page.Items.Select(record => record.Number));
            looked.Add(found.LookedBackTo);
            cursor = found.Page.NextCursor;
        }
        while (cursor is not null && ++pages < 10);

        Assert.Equal([1], seen);
        Assert.Equal([CountedLog.TimeOf(15_001), CountedLog.TimeOf(5_001), null], looked);
    }

    [Fact]
    public async Task Full_page_does_not_say_that_it_was_looked_for()
    {
        var found = await new AuditSearch(_log).FindAsync(new AuditFilter(Reason: "reason"), null, 50, Stop);

        Assert.Equal((50, true, null), (found.Page.Items.Count, found.Page.TotalIsCapped, found.LookedBackTo));
        Assert.Equal(AuditSearch.MostLooked, found.Page.Total);
    }

    [Fact]
    public async Task Page_that_the_first_look_has_found_takes_no_second_one()
    {
        var search = new AuditSearch(_log);
        var first = await search.FindAsync(new AuditFilter(Reason: "reason"), null, 50, Stop);
        _log.Looked = 0;

        var second = await search.FindAsync(new AuditFilter(Reason: "reason"), first.Page.NextCursor, 50, Stop);

        Assert.Equal((Entries - 50, Entries - 99), (second.Page.Items[0].Number, second.Page.Items[^1].Number));
        Assert.Equal(first.Page.Total, second.Page.Total);
        Assert.Equal(AuditSearch.MostLooked, _log.Looked);
    }

    [Fact]
    public async Task Newest_are_read_without_counting_the_others()
    {
        var search = new AuditSearch(_log);

        var ofOne = await search.ReadNewestAsync(new AuditFilter(Action: "rare.done"), 1, Stop);
        var ofAny = await search.ReadNewestAsync(new AuditFilter(), 2, Stop);
        Assert.Equal([20_000, 25_000, 24_999], ofOne.Concat(ofAny).Select(record => record.Number));
        Assert.Equal((3, 0), (_log.Looked, _log.Counts));

        var withReason = await search.ReadNewestAsync(new AuditFilter(Reason: "some"), 1, Stop);
        Assert.Equal(25_000, Assert.Single(withReason).Number);
    }

    [Fact]
    public async Task Several_members_are_looked_for_along_the_rarest()
    {
        var found = await new AuditSearch(_log).FindAsync(new AuditFilter(Operator: "everybody", Action: "rare.done"), null, 50, Stop);

        Assert.Equal([20_000, 10_000], found.Page.Items.Select(record => record.Number));
        Assert.Equal((2, false, null), ((int)found.Page.Total, found.Page.TotalIsCapped, found.LookedBackTo));
        Assert.InRange(_log.Looked, 2, 100);
    }

    [Fact]
    public async Task Time_costs_a_few_looks_whatever_the_length_of_the_log()
    {
        var filter = new AuditFilter(From: CountedLog.TimeOf(123), Before: CountedLog.TimeOf(126));

        var found = await new AuditSearch(_log).FindAsync(filter, null, 50, Stop);

        Assert.Equal([125, 124, 123], found.Page.Items.Select(record => record.Number));
        Assert.Equal(3, found.Page.Total);
        Assert.InRange(_log.Looked, 3, 1_000);
    }

    [Fact]
    public async Task Entries_that_were_deleted_do_not_lead_the_search_for_a_time_astray()
    {
        _log.Missing = new AuditRange(5_000, 5_010);
        var filter = new AuditFilter(From: CountedLog.TimeOf(4_998), Before: CountedLog.TimeOf(5_012));

        var found = await new AuditSearch(_log).FindAsync(filter, null, 50, Stop);

        Assert.Equal([5_011, 5_010, 4_999, 4_998], found.Page.Items.Select(record => record.Number));
    }

    /// <summary>A long log that is made as it is read, and counts how much of it is.</summary>
    private sealed class CountedLog : IAuditStore
    {
        public int Looked { get; set; }

        public int Counts { get; private set; }

        public AuditRange Missing { get; set; }

        public static DateTimeOffset TimeOf(long number) => Start.AddSeconds(number);

        public Task<AuditRecord> AppendAsync(AuditEntry entry, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<AuditRecord>> FindAsync(
            AuditWay? way, AuditRange range, int limit, CancellationToken cancellationToken) => Found(
            Numbers(way, range).Reverse().Take(limit));

        public Task<long> CountAsync(AuditWay? way, AuditRange range, int most, CancellationToken cancellationToken)
        {
            Counts++;
            return Task.FromResult((long)Numbers(way, range).Take(most).Count());
        }

        public Task<IReadOnlyList<AuditRecord>> ReadAsync(long firstNumber, int limit, CancellationToken cancellationToken) => Found(
            Numbers(null, new AuditRange(firstNumber, firstNumber + limit)));

        public Task<AuditRecord?> FindNewestAsync(CancellationToken cancellationToken) => Task.FromResult<AuditRecord?>(Record(Entries));

        public Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken) => Task.FromResult(new AuditHead(Entries, []));

        public Task<AuditTerms> ReadTermsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        private Task<IReadOnlyList<AuditRecord>> Found(IEnumerable<long> numbers)
        {
            List<AuditRecord> records = [.. numbers.Select(Record)];
            Looked += records.Count;
            return Task.FromResult<IReadOnlyList<AuditRecord>>(records);
        }

        private IEnumerable<long> Numbers(AuditWay? way, AuditRange range) =>
            from index in Enumerable.Range(1, Entries)
            let number = (long)index
            where number >= range.First && number < range.Before && !(number >= Missing.First && number < Missing.Before)
            where way is null || way.Value == (way.Member is AuditMember.Action ? ActionOf(number) : "everybody")
            select number;

        private static string ActionOf(long number) => number % 10_000 is 0 ? "rare.done" : "common.done";

        private static AuditRecord Record(long number) => new(
            number,
            TimeOf(number),
            new AuditEntry(new Actor("everybody"), ActionOf(number), "thing", "1", number is 1 ? "the first of all" : "some reason"),
            [],
            []);
    }
}
