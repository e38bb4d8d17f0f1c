using Dashboard.Core.Clients;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Memory;
using Dashboard.Core.Tokens.Presentations;

namespace Dashboard.Core.Tokens.ResourceServers;

/// <summary>Takes word of tokens that were shown to an API, which validates them by itself.</summary>
public sealed class PresentationReports
{
    /// <summary>The most that one request may tell of.</summary>
    public const int MostAtOnce = 500;

    private readonly TokenMemory _memory;
    private readonly ITokenLedger _ledger;
    private readonly PresentationRecorder _recorder;
    private readonly TimeProvider _clock;

    internal PresentationReports(TokenMemory memory, ITokenLedger ledger, PresentationRecorder recorder, TimeProvider clock) =>
        (_memory, _ledger, _recorder, _clock) = (memory, ledger, recorder, clock);

    /// <summary>
    /// Notes the presentations of tokens that are for the API. Of others nothing is noted, and nothing said: it could guess at
    /// what exists otherwise.
    /// </summary>
    /// <exception cref="Primitives.StoreUnavailableException">Memory has no answer and the store cannot be read.</exception>
    public async Task RecordAsync(
        Client api, IReadOnlyList<PresentationReport> reports, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        foreach (var report in reports.Take(MostAtOnce))
        {
            if (await FindAsync(report.TokenId, cancellationToken) is { } token && api.IsApiOf(token.Audience))
            {
                // Its clock may go wrong: no token was shown before there was one, or later than now.
                var at = report.At < token.IssuedAt ? token.IssuedAt : report.At;
                _recorder.Record(new TokenPresentation(
                    report.TokenId, at > now ? now : at, report.Ip, report.UserAgent, $"resource {api.Id}"));
            }
        }
    }

    private async ValueTask<KnownToken?> FindAsync(string tokenId, CancellationToken cancellationToken)
    {
        if (_memory.FindKnown(tokenId) is { } known)
        {
            return known;
        }

        if (await _ledger.FindAsync(tokenId, cancellationToken) is not { } entry)
        {
            return null;
        }

        var read = KnownToken.From(entry);
        _memory.AddKnown(read);
        return read;
    }
}

/// <summary>A token was shown to an API.</summary>
/// <param name="TokenId">Its <c>jti</c>.</param>
/// <param name="At">When, by the API's clock.</param>
/// <param name="Ip">The address it came from; null where unknown.</param>
/// <param name="UserAgent">The user agent; null where unknown.</param>
public sealed record PresentationReport(string TokenId, DateTimeOffset At, string? Ip, string? UserAgent);
