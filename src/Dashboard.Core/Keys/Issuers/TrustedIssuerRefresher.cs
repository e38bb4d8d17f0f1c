using Dashboard.Core.Live;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Core.Keys.Issuers;

/// <summary>
/// Fetches the keys of trusted issuers before somebody needs them: at start, which does not wait for it, whenever they are old,
/// and where another node was told to. A failure is tried again after the cool-down.
/// </summary>
internal sealed class TrustedIssuerRefresher(IssuerKeys keys, IChangeFeed feed, TimeProvider clock) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [.. keys.All.Where(issuer => issuer.Place is not null).Select(issuer => KeepAsync(issuer, stoppingToken)), HearAsync(stoppingToken)]);

    private async Task KeepAsync(TrustedIssuer issuer, CancellationToken stoppingToken)
    {
        var place = issuer.Place!;
        while (true)
        {
            // Asked again after each wait: a token with an unknown key, or a person, may have fetched them meanwhile.
            // A wait that is too long means that the clock was set back.
            if (keys.Peek(issuer).DueAt(place) - clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero && wait <= place.Lifetime)
            {
                await Task.Delay(wait, clock, stoppingToken);
                continue;
            }

            await keys.RefreshAsync(issuer, place.CoolDown, stoppingToken);
            if (keys.Peek(issuer).DueAt(place) <= clock.GetUtcNow())
            {
                // Somebody else tried a moment ago.
                await Task.Delay(place.CoolDown, clock, stoppingToken);
            }
        }
    }

    // No follower: what others wait for must not wait for somebody in the internet.
    private async Task HearAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in feed.ReadAsync(ChangeKind.Keys, stoppingToken))
        {
            if (change is { IsFromElsewhere: true, Id: { } id }
                && id.StartsWith(TrustedIssuers.ChangePrefix, StringComparison.Ordinal)
                && keys.All.FirstOrDefault(issuer => issuer.Name == id[TrustedIssuers.ChangePrefix.Length..]) is { } named)
            {
                _ = keys.RefreshAsync(named, TrustedIssuers.CoolDown, CancellationToken.None);
            }
        }
    }
}
