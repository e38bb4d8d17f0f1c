using System.Net;
using System.Text.Json;
using Dashboard.Bearer.Scopes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Bearer.Revocations;

/// <summary>Asks Signet what is revoked: everything at the start, then what is new, every second.</summary>
internal sealed class RevocationFollower(
    SignetClient client,
    RevokedTokens revoked,
    ScopeRules scopes,
    IOptions<SignetBearerOptions> options,
    TimeProvider clock,
    ILogger<RevocationFollower> logger) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(10);

    private readonly TaskCompletionSource _attempted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _startedAt = clock.GetTimestamp();
    private long _heardAt;
    private string _cursor = "";
    private bool _isHeard = true;

    /// <summary>Done once Signet has answered for the first time, or failed to: a start that goes well refuses nobody.</summary>
    public Task FirstAttempt => _attempted.Task;

    /// <summary>True where something may have been revoked that is not known here.</summary>
    public bool IsSilent => Volatile.Read(ref _heardAt) is var heardAt
        && (heardAt == 0 || clock.GetElapsedTime(heardAt) > options.Value.LongestSilence);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.FollowRevocations)
        {
            _attempted.TrySetResult();
            return;
        }

        var sweptAt = _startedAt;
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryFollowAsync(stoppingToken);
            _attempted.TrySetResult();
            if (clock.GetElapsedTime(sweptAt) > SweepInterval)
            {
                revoked.ForgetExpired();
                sweptAt = clock.GetTimestamp();
            }

            await Task.Delay(options.Value.PollInterval, clock, stoppingToken);
        }
    }

    private async Task TryFollowAsync(CancellationToken stoppingToken)
    {
        try
        {
            await FollowAsync(stoppingToken);
            Tell(isHeard: true, null);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            if (_isHeard)
            {
                logger.NotAllowed((int)exception.StatusCode);
            }

            _isHeard = false;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException
            || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            Tell(isHeard: false, exception);
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        RevocationPage page;
        long askedAt;
        do
        {
            // What is revoked while the answer is on its way is in the next one.
            askedAt = clock.GetTimestamp();
            page = RevocationPage.Read(await client.PostAsync("/oauth/revocations", [new("since", _cursor)], stoppingToken));
            revoked.Add(page);
            if (page.ScopeHierarchy is { } hierarchy)
            {
                scopes.Learn(hierarchy);
            }

            _cursor = page.Cursor;
        }
        while (page.More);

        // Zero would be never.
        Volatile.Write(ref _heardAt, askedAt == 0 ? 1 : askedAt);
    }

    private void Tell(bool isHeard, Exception? exception)
    {
        if (isHeard && !_isHeard)
        {
            logger.HeardAgain();
        }
        else if (!isHeard && _isHeard)
        {
            logger.NotHeard(exception!, options.Value.LongestSilence, options.Value.WhenSilent);
        }

        _isHeard = isHeard;
    }
}
