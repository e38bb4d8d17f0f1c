using Dashboard.Core.Access;
using Dashboard.Core.Primitives;
using Dashboard.Core.Webhooks;
using Dashboard.Hosting;

namespace Dashboard.Webhooks;

/// <summary>Every webhook, and how it goes with it.</summary>
public sealed partial class WebhooksPage(WebhookSources sources, CurrentOperator current) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<(Webhook Webhook, WebhookHealth Health)>? _webhooks;
    private bool _mayManage;
    private bool _storeFailed;
    private int _newestLoad;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var load = ++_newestLoad;
        try
        {
            List<(Webhook Webhook, WebhookHealth Health)> found = [];
            foreach (var webhook in await sources.Webhooks.ListAsync(_left.Token))
            {
                found.Add((webhook, await sources.Deliveries.ReadHealthAsync(webhook.Id, _left.Token)));
            }

            var mayManage = await current.MayAsync(Right.ManageWebhooks);
            if (load == _newestLoad)
            {
                (_webhooks, _mayManage, _storeFailed) = (found, mayManage, false);
            }
        }
        catch (StoreUnavailableException)
        {
            _storeFailed = true;
        }
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}

/// <summary>Where the pages of webhooks read from.</summary>
public sealed record WebhookSources(WebhookAdministration Webhooks, WebhookDeliveries Deliveries);
