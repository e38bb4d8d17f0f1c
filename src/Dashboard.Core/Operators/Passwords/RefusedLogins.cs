using Dashboard.Core.Events;
using Dashboard.Core.Telemetry;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>
/// Records refused logins, each by itself as long as there are few. Whoever guesses ten thousand passwords must not fill the
/// log: beyond some from one address, at one account or at all in a minute, one event tells how many there were.
/// </summary>
public sealed class RefusedLogins : BackgroundService
{
    internal const int MostOfOne = 20;
    internal const int MostOfAll = 300;
    internal const int MostSummaries = 100;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly EventLog _events;
    private readonly SignetMeters _meters;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Code, string? Ip, string? Account), int> _seen = [];
    private readonly Dictionary<(string Code, string? Ip, string? Account), int> _held = [];
    private int _recorded;

    internal RefusedLogins(EventLog events, SignetMeters meters, TimeProvider clock) =>
        (_events, _meters, _clock) = (events, meters, clock);

    /// <summary>Records a refused login, now or as one of many within a minute.</summary>
    public void Record(SecurityEvent refused)
    {
        _meters.LoginRefused(refused.Code ?? "");
        lock (_gate)
        {
            if (!MustHold(refused.Code ?? "", refused.Origin.Ip, refused.Subject))
            {
                _events.Record(refused);
            }
        }
    }

    /// <summary>Records how many were held back, and begins another minute.</summary>
    internal void Summarize()
    {
        lock (_gate)
        {
            foreach (var ((code, ip, account), count) in _held)
            {
                _events.Record(new SecurityEvent
                {
                    At = _clock.GetUtcNow(),
                    Kind = EventKinds.LoginRefused,
                    Outcome = EventOutcome.Refused,
                    Code = code,
                    Subject = account,
                    Origin = RequestOrigin.None with { Ip = ip },
                    Detail = $"{count} more logins were refused within a minute; they have no events of their own.",
                });
            }

            _seen.Clear();
            _held.Clear();
            _recorded = 0;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Summarize();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Minute, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Summarize();
        }
    }

    // Looked at first and counted afterwards: no more keys are remembered than events are recorded, twice.
    private bool MustHold(string code, string? ip, string? account)
    {
        var (ofAddress, ofAccount) = ((code, ip, (string?)null), (code, (string?)null, account));
        if (_recorded >= MostOfAll || IsFull(ofAddress))
        {
            return Hold(ofAddress);
        }

        if (account is not null && IsFull(ofAccount))
        {
            return Hold(ofAccount);
        }

        _recorded++;
        _seen[ofAddress] = _seen.GetValueOrDefault(ofAddress) + 1;
        if (account is not null)
        {
            _seen[ofAccount] = _seen.GetValueOrDefault(ofAccount) + 1;
        }

        return false;
    }

    private bool IsFull((string Code, string? Ip, string? Account) key) => _seen.GetValueOrDefault(key) >= MostOfOne;

    private bool Hold((string Code, string? Ip, string? Account) key)
    {
        var kept = _held.ContainsKey(key) || _held.Count < MostSummaries ? key : (key.Code, null, null);
        _held[kept] = _held.GetValueOrDefault(kept) + 1;
        return true;
    }
}
