using System.Security.Claims;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Dashboard.SignIn;

/// <summary>Looks again and again whether a circuit's session still lives, in case news of its end was lost.</summary>
internal sealed class SessionStateProvider(SessionDirectory sessions, TimeProvider clock, ILoggerFactory loggers)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private static readonly TimeSpan LongestWithoutStore = TimeSpan.FromSeconds(60);

    private long _lastAnswer = clock.GetTimestamp();

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        authenticationState.User.FindFirstValue(SignetClaims.Session) is { } name && await IsValidAsync(name, cancellationToken);

    /// <summary>Whether a circuit may go on, as far as its session's row tells.</summary>
    internal async Task<bool> IsValidAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            // One that waits for a confirmation keeps its page, under cover (CircuitGate), so that no work on it is lost.
            var isLive = await sessions.FindAsync(name, cancellationToken) is SessionLookup.Live or SessionLookup.Challenged;
            _lastAnswer = clock.GetTimestamp();
            return isLive;
        }
        catch (StoreUnavailableException)
        {
            // A hiccup of the store logs nobody out; not knowing for a minute does.
            return clock.GetElapsedTime(_lastAnswer) < LongestWithoutStore;
        }
    }
}
