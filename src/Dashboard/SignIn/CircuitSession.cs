using System.Security.Claims;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.SignIn;

/// <summary>The session that opened this circuit. A circuit never changes its session.</summary>
public sealed class CircuitSession(
    AuthenticationStateProvider authentication, SessionDirectory sessions, NavigationManager navigation) : ICircuitOperator
{
    private string? _name;
    private string? _address;

    /// <summary>Its public name; null where nobody is logged in.</summary>
    public string? Name => _name;

    /// <summary>What is known of the session now.</summary>
    public async Task<SessionLookup> FindAsync(CancellationToken cancellationToken)
    {
        if (_name is null)
        {
            var user = (await authentication.GetAuthenticationStateAsync()).User;
            (_name, _address) = (user.FindFirstValue(SignetClaims.Session), user.FindFirstValue(SignetClaims.Address));
        }

        return _name is null ? new SessionLookup.Unknown() : await sessions.FindAsync(_name, cancellationToken);
    }

    /// <inheritdoc/>
    async Task<ClaimsPrincipal?> ICircuitOperator.FindAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) is SessionLookup.Live { Session: var session }
            ? CurrentSession.PrincipalOf(session, sessions.ProofOf(session), _address)
            : null;

    /// <summary>When it ends if its person does nothing more.</summary>
    public DateTimeOffset EndsAt(Session session) => sessions.EndsAt(session);

    /// <summary>Its person did something.</summary>
    public async Task TouchAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is SessionLookup.Live { Session: var session })
        {
            await sessions.TouchAsync(session, cancellationToken);
        }
    }

    /// <summary>Leaves for the login page, which says why; the circuit ends with it.</summary>
    public void Leave(SessionEndReason? reason)
    {
        var returnUrl = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        navigation.NavigateTo(
            reason is { } known ? SignInAddress.With(known, returnUrl) : SignInAddress.With((string?)null, returnUrl),
            forceLoad: true);
    }
}
