using System.Diagnostics.Metrics;

namespace Dashboard.Core.Telemetry;

/// <summary>
/// What is counted and measured. Tags are stable names of ours alone, never what somebody sent, so that there are few of them
/// and nothing leaks; counting allocates nothing.
/// </summary>
internal sealed class SignetMeters : IDisposable
{
    private readonly Meter? _own;
    private readonly Counter<long> _issued;
    private readonly Counter<long> _validated;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _revoked;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _logins;

    /// <summary>Creates the instruments.</summary>
    /// <param name="factory">The host's; null where there is none, as in commands.</param>
    public SignetMeters(IMeterFactory? factory = null)
    {
        Meter = factory?.Create(TelemetryNames.Signet) ?? (_own = new Meter(TelemetryNames.Signet));
        _issued = Meter.CreateCounter<long>("signet.tokens.issued", "{token}", "Tokens that were issued.");
        _validated = Meter.CreateCounter<long>("signet.tokens.validated", "{token}", "Tokens that were found good.");
        _refused = Meter.CreateCounter<long>("signet.tokens.refused", "{token}", "Tokens that were refused, by code.");
        _revoked = Meter.CreateCounter<long>("signet.tokens.revoked", "{token}", "Tokens that were revoked.");
        _logins = Meter.CreateCounter<long>("signet.logins", "{login}", "Logins of operators.");
        _lag = Meter.CreateHistogram(
            "signet.revocation.lag",
            "s",
            "How long after it was made a revocation of another node was enforced by this one.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
            });
    }

    /// <summary>Of all instruments of ours.</summary>
    public Meter Meter { get; }

    public void TokenIssued(string kind) => _issued.Add(1, new KeyValuePair<string, object?>(TelemetryNames.TokenKind, kind));

    public void TokenValidated() => _validated.Add(1);

    public void TokenRefused(string code) => _refused.Add(1, new KeyValuePair<string, object?>(TelemetryNames.ErrorType, code));

    /// <summary>Counts tokens once each, as they are marked in the ledger.</summary>
    public void TokensRevoked(int count, string scope)
    {
        if (count > 0)
        {
            _revoked.Add(count, new KeyValuePair<string, object?>(TelemetryNames.RevocationScope, scope));
        }
    }

    /// <summary>Clocks of nodes differ by some milliseconds; none is enforced before it is made.</summary>
    public void RevocationApplied(TimeSpan lag) => _lag.Record(Math.Max(0, lag.TotalSeconds));

    public void LoginSucceeded() => _logins.Add(1, new KeyValuePair<string, object?>(TelemetryNames.LoginOutcome, "succeeded"));

    public void LoginRefused(string code) => _logins.Add(
        1,
        new KeyValuePair<string, object?>(TelemetryNames.LoginOutcome, "refused"),
        new KeyValuePair<string, object?>(TelemetryNames.ErrorType, code));

    public void Dispose() => _own?.Dispose();
}
