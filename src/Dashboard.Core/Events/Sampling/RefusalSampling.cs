using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Events.Sampling;

/// <summary>
/// Decides which refusals are kept as events of their own. Whoever guesses ten thousand passwords must not fill the log, nor hide
/// others in it: beyond some of one code from one source, about one subject or in all within a minute, one event tells how many
/// more there were. A source is a network, as whoever has one chooses addresses in it freely; it has no more than its share of a
/// minute, whatever codes and clients it goes through, and the last of a minute is for networks of which nothing was kept yet.
/// All of them are counted (<see cref="Rollups.RefusalTally"/>).
/// </summary>
internal sealed class RefusalSampling(IOptions<EventOptions> options)
{
    internal const int MostSummaries = 100;

    // Of what is kept of a minute: one network has one part at most, and one is for those that were not seen yet.
    private const int Parts = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<Source, int> _seen = [];
    private readonly Dictionary<Source, int> _held = [];
    private readonly Dictionary<NetworkAddress, int> _networks = [];
    private int _kept;

    /// <summary>False where it is only to be counted.</summary>
    public bool Keeps(SecurityEvent refused)
    {
        var network = NetworkAddress.Of(refused.Origin.Ip);
        var ip = NetworkAddress.TextOf(refused.Origin.Ip);
        var bySource = new Source(refused.Kind, refused.Code, ip, refused.Client, null);
        var bySubject = refused.Subject is { } subject ? new Source(refused.Kind, refused.Code, null, null, subject) : (Source?)null;
        lock (_gate)
        {
            // Looked at first and counted afterwards: no more sources are remembered than events are kept, twice.
            var ofNetwork = _networks.GetValueOrDefault(network);
            if (IsOver(ofNetwork))
            {
                return Hold(bySource with { Client = null });
            }

            if (IsFull(bySource))
            {
                return Hold(bySource);
            }

            if (bySubject is { } about && IsFull(about))
            {
                return Hold(about);
            }

            _kept++;
            _networks[network] = ofNetwork + 1;
            Count(bySource);
            if (bySubject is { } one)
            {
                Count(one);
            }

            return true;
        }
    }

    /// <summary>What is told of those that were not kept; begins another minute.</summary>
    public IReadOnlyList<SecurityEvent> Summarize(DateTimeOffset now)
    {
        lock (_gate)
        {
            List<SecurityEvent> summaries = [.. _held.Select(held => SummaryOf(held.Key, held.Value, now))];
            _seen.Clear();
            _held.Clear();
            _networks.Clear();
            _kept = 0;
            return summaries;
        }
    }

    private static SecurityEvent SummaryOf(Source source, int count, DateTimeOffset now) => new()
    {
        At = now,
        Kind = source.Kind,
        Outcome = EventOutcome.Refused,
        Code = source.Code,
        Subject = source.Subject,
        Client = source.Client,
        Origin = RequestOrigin.None with { Ip = source.Ip },
        Detail = $"{count} more were refused within a minute; they were counted and have no events of their own.",
    };

    // Never less than what one source may have anyway.
    private bool IsOver(int ofNetwork) =>
        ofNetwork >= Math.Max(options.Value.KeptPerSource, options.Value.KeptPerMinute / Parts)
        || _kept >= options.Value.KeptPerMinute - (ofNetwork > 0 ? options.Value.KeptPerMinute / Parts : 0);

    private bool IsFull(Source source) => _seen.GetValueOrDefault(source) >= options.Value.KeptPerSource;

    private void Count(Source source) => _seen[source] = _seen.GetValueOrDefault(source) + 1;

    private bool Hold(Source source)
    {
        var told = _held.ContainsKey(source) || _held.Count < MostSummaries ? source : new Source(source.Kind, source.Code, null, null, null);
        _held[told] = _held.GetValueOrDefault(told) + 1;
        return false;
    }

    private readonly record struct Source(string Kind, string? Code, string? Ip, string? Client, string? Subject);
}
