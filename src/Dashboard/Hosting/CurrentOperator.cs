using Dashboard.Core.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.Hosting;

/// <summary>The operator behind a circuit. A circuit outlives a permission, so every act asks again before it acts.</summary>
public sealed class CurrentOperator(AuthenticationStateProvider authentication, IAuthorizationService authorization)
{
    /// <summary>The operator as the audit log names them; null where they may not, or no longer.</summary>
    public async Task<Actor?> FindAsync(string policy)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return (await authorization.AuthorizeAsync(state.User, policy)).Succeeded ? state.User.Actor(null) : null;
    }

    /// <summary>Whether the operator may do something now; for showing and hiding, never instead of <see cref="FindAsync"/>.</summary>
    public async Task<bool> MayAsync(string policy) => await FindAsync(policy) is not null;
}
