using System.Runtime.CompilerServices;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Failures;

namespace Dashboard.Failures;

/// <summary>Everything that the failures page shows of one time and filter.</summary>
public sealed record FailureBoard
{
    public required RefusalSeries Series { get; init; }

    public required UsualBand Usual { get; init; }

    public required IReadOnlyList<RefusalShare> Clients { get; init; }

    public required IReadOnlyList<RefusalShare> Addresses { get; init; }

    public required IReadOnlyList<RefusalShare> Subjects { get; init; }

    public required IReadOnlyList<RefusalShare> Endpoints { get; init; }

    /// <summary>A page of the refusals that were kept.</summary>
    public required Page<SecurityEvent> Page { get; init; }

    /// <summary>How many were counted when the page was read, which may be longer ago than the series.</summary>
    public required long Counted { get; init; }

    /// <summary>True where more were counted than are listed.</summary>
    public bool IsSampled => !Page.TotalIsCapped && Page.Total < Counted;
}

/// <summary>Reads boards for one page. What is usual changes once in a step, so it is read once.</summary>
public sealed class FailureBoards(FailureReader reader)
{
    // A page that stays is still compared with what was counted then.
    private readonly ConditionalWeakTable<Page<SecurityEvent>, StrongBox<long>> _counted = [];
    private (RefusalFilter Filter, RefusalSteps Steps, TimeZoneInfo Zone)? _known;
    private UsualBand _usual = UsualBand.Without(UsualGap.TooYoung);

    /// <summary>Reads a board; with the page that is given where it shall not change.</summary>
    public async Task<FailureBoard> ReadAsync(
        FailureQuery query, TimeZoneInfo zone, string? cursor, Page<SecurityEvent>? kept, CancellationToken cancellationToken)
    {
        var (filter, steps) = (query.Filter, reader.StepsOf(query.Time, zone));
        var series = await reader.ReadSeriesAsync(filter, steps, cancellationToken);
        var tops = await reader.ReadTopsAsync(Enum.GetValues<RefusalDimension>(), filter, steps, cancellationToken);
        var page = kept ?? await ListAsync(query, zone, cursor, cancellationToken);
        return new FailureBoard
        {
            Series = series,
            Usual = await ReadUsualAsync(filter, steps, zone, cancellationToken),
            Clients = tops[RefusalDimension.Client],
            Addresses = tops[RefusalDimension.Address],
            Subjects = tops[RefusalDimension.Subject],
            Endpoints = tops[RefusalDimension.Endpoint],
            Page = page,
            Counted = _counted.GetValue(page, _ => new StrongBox<long>(series.Total)).Value,
        };
    }

    public Task<Page<SecurityEvent>> ListAsync(
        FailureQuery query, TimeZoneInfo zone, string? cursor, CancellationToken cancellationToken) =>
        reader.ListAsync(query, reader.StepsOf(query.Time, zone), cursor, FailuresPage.PageSize, cancellationToken);

    private async Task<UsualBand> ReadUsualAsync(
        RefusalFilter filter, RefusalSteps steps, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        if (_known != (filter, steps, zone))
        {
            _usual = await reader.ReadUsualAsync(filter, steps, zone, cancellationToken);
            _known = (filter, steps, zone);
        }

        return _usual;
    }
}
