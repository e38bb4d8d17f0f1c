using System.Collections.Concurrent;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Webhooks.Sending;

/// <summary>
/// Sends what is due, as leader. Every webhook has a few lanes of its own, so that one that answers slowly holds up nobody but
/// itself. A delivery is claimed before it is sent, so that also a leader that does not know yet that it is none sends nothing
/// twice at once; what a node had claimed when it died is due again when the claim ends.
/// </summary>
internal sealed class WebhookDispatcher(
    IWebhookStore webhooks,
    IWebhookDeliveryStore deliveries,
    WebhookSender sender,
    LeaderElection election,
    IOptions<WebhookOptions> options,
    TimeProvider clock,
    ILogger<WebhookDispatcher> logger) : LeaderWork(election, options.Value.LookInterval, clock, logger)
{
    /// <summary>How many deliveries of one webhook are under way at once.</summary>
    public const int Lanes = 4;

    private readonly LeaderElection _election = election;
    private readonly ConcurrentDictionary<Task, string> _lanes = new();

    /// <summary>
    /// Begins to send what is due, as far as there are free lanes. Each lane goes on until nothing of its webhook is due; the
    /// task of every new one is returned.
    /// </summary>
    public async Task<IReadOnlyList<Task>> StartDueAsync(CancellationToken cancellationToken)
    {
        List<Task> begun = [];
        foreach (var webhook in (await webhooks.ReadAsync(cancellationToken)).Where(webhook => webhook.IsEnabled))
        {
            var free = Lanes - _lanes.Values.Count(id => id == webhook.Id);
            foreach (var delivery in free > 0 ? await ClaimAsync(webhook.Id, free, cancellationToken) : [])
            {
                var lane = Task.Run(() => DrainAsync(delivery, cancellationToken), CancellationToken.None);
                _lanes.TryAdd(lane, webhook.Id);
                begun.Add(ForgetAsync(lane));
            }
        }

        return begun;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // What is under way ends by itself within seconds: recorded, it need not be sent again.
        await Task.WhenAll(_lanes.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => StartDueAsync(cancellationToken);

    protected override void Delayed(StoreUnavailableException exception) => Logger.SendingDelayed(exception);

    private async Task DrainAsync(WebhookDelivery first, CancellationToken stoppingToken)
    {
        try
        {
            for (var delivery = first; delivery is not null; delivery = await FindNextAsync(first.WebhookId, stoppingToken))
            {
                await sender.SendAsync(delivery, CancellationToken.None);
            }
        }
        catch (StoreUnavailableException exception)
        {
            Delayed(exception);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // This node ends; what is due is the next leader's.
        }
    }

    private async Task<WebhookDelivery?> FindNextAsync(string webhookId, CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        return await _election.FindTermAsync(stoppingToken) is null ? null
            : await webhooks.FindAsync(webhookId, stoppingToken) is not { IsEnabled: true } ? null
            : (await ClaimAsync(webhookId, 1, stoppingToken)) is [var next, ..] ? next : null;
    }

    private Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(string webhookId, int limit, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow().CutToMilliseconds();
        return deliveries.ClaimAsync(webhookId, now, now + WebhookSender.Lease, limit, cancellationToken);
    }

    private async Task ForgetAsync(Task lane)
    {
        try
        {
            await lane;
        }
        catch (Exception exception)
        {
            // Nobody waits for a lane: what nobody expected must not end in silence.
            Logger.LaneBroken(exception);
        }
        finally
        {
            _lanes.TryRemove(lane, out _);
        }
    }
}
