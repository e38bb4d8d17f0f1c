using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Events.Rollups.Sqlite;

internal sealed class SqliteRollupStore(SqliteDatabase database) : IRollupStore
{
    /// <summary>Adds to counters within the unit of work that stores the events.</summary>
    public static void Add(SqliteWrite write, IReadOnlyDictionary<RollupCell, long> counts)
    {
        foreach (var (cell, count) in counts)
        {
            write.Execute(
                """
                INSERT INTO refusal_counts (grain, facet, value, at, code, count)
                VALUES ($grain, $facet, $value, $at, $code, $count)
                ON CONFLICT DO UPDATE SET count = count + excluded.count;
                """,
                ("$grain", (int)cell.Grain),
                ("$facet", (int)cell.Facet),
                ("$value", cell.Value),
                ("$at", cell.At),
                ("$code", cell.Code),
                ("$count", count));
        }
    }

    public Task<IReadOnlyList<RefusalCount>> ReadSeriesAsync(
        RefusalFilter filter, RollupGrain grain, TimeRange range, CancellationToken cancellationToken)
    {
        var read = RollupRead.Of(filter);
        var rows = database.Query<SeriesRow>(
            $"""
            SELECT at, code, SUM(count) AS count FROM refusal_counts
            {(read.Value is null ? "INDEXED BY refusal_counts_by_time" : "")}
            WHERE grain = @grain AND facet = @facet AND at >= @from AND at < @to
                AND (@value IS NULL OR value = @value) AND (@code IS NULL OR code = @code)
                AND (@pattern IS NULL OR value GLOB @pattern)
            GROUP BY at, code ORDER BY at, code;
            """,
            new
            {
                grain = (int)grain,
                facet = (int)read.Facet,
                value = read.Value,
                from = RollupSteps.Begin(grain, range.From),
                to = range.To.ToUnixTimeMilliseconds(),
                code = CodeOf(filter),
                pattern = read.Value is null ? PatternOf(filter) : null,
            });
        return Task.FromResult<IReadOnlyList<RefusalCount>>(
            [.. rows.Select(row => new RefusalCount(DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Code, row.Count))]);
    }

    public Task<IReadOnlyDictionary<RefusalDimension, IReadOnlyList<RefusalShare>>> ReadTopsAsync(
        IReadOnlyCollection<RefusalDimension> dimensions,
        RefusalFilter filter,
        TimeRange range,
        int limit,
        CancellationToken cancellationToken)
    {
        var facets = RefusalShares.Of(dimensions, filter);
        foreach (var shares in facets)
        {
            foreach (var (grain, part) in RollupSteps.SumOf(range))
            {
                Add(shares, grain, part, filter);
            }
        }

        return Task.FromResult<IReadOnlyDictionary<RefusalDimension, IReadOnlyList<RefusalShare>>>(
            facets.SelectMany(shares => shares.Tops(limit)).ToDictionary());
    }

    public Task<int> PurgeAsync(RollupGrain grain, DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            $"""
            DELETE FROM refusal_counts WHERE (grain, facet, value, at, code) IN (
                SELECT grain, facet, value, at, code FROM refusal_counts INDEXED BY refusal_counts_by_time
                WHERE grain = {(int)grain} AND facet IN (0, 1, 2, 3, 4, 5) AND at < $before LIMIT $limit);
            """,
            before,
            limit,
            term,
            cancellationToken);

    private void Add(RefusalShares shares, RollupGrain grain, TimeRange range, RefusalFilter filter)
    {
        var rows = database.Query<ShareRow>(
            """
            SELECT value, code, SUM(count) AS count FROM refusal_counts INDEXED BY refusal_counts_by_time
            WHERE grain = @grain AND facet = @facet AND at >= @from AND at < @to
                AND (@code IS NULL OR code = @code) AND (@pattern IS NULL OR value GLOB @pattern)
            GROUP BY value, code;
            """,
            new
            {
                grain = (int)grain,
                facet = (int)shares.Facet,
                from = RollupSteps.Begin(grain, range.From),
                to = range.To.ToUnixTimeMilliseconds(),
                code = CodeOf(filter),
                pattern = shares.Facet is RollupFacet.All ? PatternOf(filter) : null,
            });
        foreach (var row in rows)
        {
            shares.Add(row.Value, row.Code, row.Count);
        }
    }

    private static string? CodeOf(RefusalFilter filter) => filter.Code is null ? null : RefusalValues.Clean(filter.Code);

    // Values hold no separator, so each star stands for one value.
    private static string PatternOf(RefusalFilter filter) => string.Join(
        RefusalValues.Separator, Literal(filter.Client), Literal(filter.Endpoint), Literal(filter.Address), Literal(filter.Subject));

    private static string Literal(string? value) => value is null
        ? "*"
        : string.Concat(RefusalValues.Clean(value).Select(letter => letter is '*' or '?' or '[' ? $"[{letter}]" : letter.ToString()));

    // Settable: what is summed of no row has no type that a constructor could match.
    private sealed record SeriesRow
    {
        public long At { get; init; }

        public string Code { get; init; } = "";

        public long Count { get; init; }
    }

    private sealed record ShareRow
    {
        public string Value { get; init; } = "";

        public string Code { get; init; } = "";

        public long Count { get; init; }
    }
}
