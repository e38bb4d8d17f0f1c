using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Bearer.Presentations;

/// <summary>Tells Signet in batches which tokens were shown here, beside the requests and never in their way.</summary>
internal sealed class PresentationSender(
    PresentationQueue queue,
    SignetClient client,
    IOptions<SignetBearerOptions> options,
    TimeProvider clock,
    ILogger<PresentationSender> logger) : BackgroundService
{
    private const int BatchSize = 200;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private bool _isTold = true;

    /// <summary>Also what came since the last time, while the application ends.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SendAsync(cancellationToken);
    }

    /// <summary>Tells all that there is, as far as Signet takes it.</summary>
    internal async Task SendAsync(CancellationToken cancellationToken)
    {
        while (queue.Take(BatchSize) is { Count: > 0 } batch)
        {
            try
            {
                await client.PostAsync(
                    "/oauth/presentations", [new("presentations", JsonSerializer.Serialize(batch, Json))], cancellationToken);
                _isTold = true;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // What is refused as it stands would be refused again.
                if (exception is not HttpRequestException { StatusCode: HttpStatusCode.BadRequest })
                {
                    queue.Return(batch);
                }

                if (_isTold)
                {
                    logger.NotReported(exception, queue.Dropped);
                }

                _isTold = false;
                return;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.ReportPresentations)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.ReportInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SendAsync(stoppingToken);
        }
    }
}
