using System.Collections.Concurrent;
using Dashboard.Core.Audit;
using Dashboard.Core.Webhooks;
using Dashboard.Core.Webhooks.Sending;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>The core and a receiver on this machine that it takes for the internet.</summary>
internal sealed class SendingHost : IAsyncDisposable
{
    private readonly KeyServer _receiver;

    private SendingHost(KeyServer receiver, CoreHost core) => (_receiver, Core) = (receiver, core);

    public CoreHost Core { get; }

    /// <summary>What arrived, in the order in which it did.</summary>
    public ConcurrentQueue<Arrival> Arrived { get; } = new();

    /// <summary>How it is answered; 200 until a test says otherwise.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public WebhookAdministration Webhooks => Core.Get<WebhookAdministration>();

    public WebhookDeliveries Deliveries => Core.Get<WebhookDeliveries>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SendingHost> StartAsync()
    {
        var receiver = await KeyServer.StartAsync();
        var core = await CoreHost.StartAsync(configure: services => services.AddSingleton(_ => receiver.Way()));
        var host = new SendingHost(receiver, core);
        receiver.Answer = host.ReceiveAsync;
        return host;
    }

    public string UrlOf(string path) => $"https://hooks.example.com:{_receiver.Port}/{path}";

    public WebhookDraft Draft(string path = "hook") => new("Chat", UrlOf(path), WebhookSeverity.Information, [], true, false);

    /// <summary>A new webhook with its secret.</summary>
    public async Task<WebhookChange.Changed> CreateAsync(string path = "hook", Func<WebhookDraft, WebhookDraft>? change = null) =>
        Assert.IsType<WebhookChange.Changed>(
            await Webhooks.CreateAsync((change ?? (draft => draft))(Draft(path)), "a test", Actor.Signet, Stop));

    public Task<int> EnqueueAsync(WebhookMessage? message = null) =>
        Core.Get<WebhookOutbox>().EnqueueAsync(message ?? WebhookBuilder.Message(), Stop);

    /// <summary>Sends what is due, and waits for it.</summary>
    public async Task SendDueAsync() => await Task.WhenAll(await Core.Get<WebhookDispatcher>().StartDueAsync(Stop));

    /// <summary>The newest delivery to a webhook.</summary>
    public async Task<WebhookDelivery> NewestAsync(string webhookId) =>
        (await Deliveries.ListAsync(webhookId, null, 1, Stop)).Items.Single();

    public async ValueTask DisposeAsync()
    {
        await Core.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Arrived.Enqueue(new Arrival(
            context.Request.Path,
            await reader.ReadToEndAsync(context.RequestAborted),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        await Answer(context);
    }
}

/// <summary>A message that arrived.</summary>
internal sealed record Arrival(string Path, string Body, IReadOnlyDictionary<string, string> Headers);
