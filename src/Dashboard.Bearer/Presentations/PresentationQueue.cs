using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Dashboard.Bearer.Presentations;

/// <summary>Keeps in memory which tokens were shown until Signet is told. Costs a request nothing, and is never longer than so.</summary>
internal sealed class PresentationQueue(IOptions<SignetBearerOptions> options, TimeProvider clock)
{
    public const int MostWaiting = 10_000;
    private const int LongestUserAgent = 200;

    // One entry a token: of many presentations within seconds the last stands for all.
    private readonly ConcurrentDictionary<string, Presentation> _waiting = new(StringComparer.Ordinal);
    private int _count;
    private long _dropped;

    /// <summary>How many presentations had no room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public void Record(string tokenId, HttpContext context)
    {
        if (options.Value.ReportPresentations)
        {
            var agent = context.Request.Headers.UserAgent.ToString();
            Record(new Presentation(
                tokenId,
                clock.GetUtcNow().ToUnixTimeSeconds(),
                context.Connection.RemoteIpAddress?.ToString(),
                agent is "" ? null : agent[..Math.Min(agent.Length, LongestUserAgent)]));
        }
    }

    /// <summary>Takes up to a number of them out.</summary>
    public IReadOnlyList<Presentation> Take(int limit)
    {
        List<Presentation> taken = [];
        foreach (var (id, _) in _waiting)
        {
            if (taken.Count == limit)
            {
                break;
            }

            if (_waiting.TryRemove(id, out var presentation))
            {
                Interlocked.Decrement(ref _count);
                taken.Add(presentation);
            }
        }

        return taken;
    }

    /// <summary>Puts back what could not be told, unless there is something newer.</summary>
    public void Return(IEnumerable<Presentation> presentations)
    {
        foreach (var presentation in presentations)
        {
            if (!_waiting.ContainsKey(presentation.Jti))
            {
                Record(presentation);
            }
        }
    }

    private void Record(Presentation presentation)
    {
        if (_waiting.ContainsKey(presentation.Jti))
        {
            _waiting[presentation.Jti] = presentation;
        }
        else if (Volatile.Read(ref _count) >= MostWaiting)
        {
            Interlocked.Increment(ref _dropped);
        }
        else if (_waiting.TryAdd(presentation.Jti, presentation))
        {
            Interlocked.Increment(ref _count);
        }
    }
}

/// <summary>A token was shown here.</summary>
/// <param name="Jti">Its id.</param>
/// <param name="At">When, in seconds since 1970.</param>
/// <param name="Ip">Where the request came from.</param>
/// <param name="UserAgent">With what.</param>
internal sealed record Presentation(string Jti, long At, string? Ip, string? UserAgent);
