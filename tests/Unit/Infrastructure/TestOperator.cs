using System.Globalization;
using System.Security.Claims;
using Bunit.TestDoubles;
using Dashboard.Core.Access;
using Dashboard.Hosting;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Whoever sits before a page under test. Everybody has proved just now that it is them, unless told otherwise.</summary>
internal sealed class TestOperator(BunitAuthorizationContext authorization, TimeProvider clock) : ICircuitOperator
{
    private ClaimsPrincipal? _user;
    private bool _isProved = true;

    /// <summary>Gives the operator a role's rights, in the middle of a page if need be.</summary>
    public void Be(string name, string role, bool isProved = true)
    {
        List<Claim> claims = [new(SignetClaims.Role, role), new(SignetClaims.Session, "s-1")];
        authorization.SetAuthorized(name);
        authorization.SetRoles(role);
        authorization.SetClaims([.. claims]);
        authorization.SetPolicies(
            [.. Enum.GetValues<Right>().Where(right => AccessTable.Allows(role, right)).Select(right => right.ToString())]);
        _user = new ClaimsPrincipal(new ClaimsIdentity(
            [.. claims, new Claim(SignetClaims.Name, name)], "test", SignetClaims.Name, SignetClaims.Role));
        _isProved = isProved;
    }

    /// <summary>The session is over.</summary>
    public void Leave() => _user = null;

    public Task<ClaimsPrincipal?> FindAsync(CancellationToken cancellationToken)
    {
        if (_user is null || !_isProved)
        {
            return Task.FromResult(_user);
        }

        var proof = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var user = _user.Clone();
        ((ClaimsIdentity)user.Identity!).AddClaim(new Claim(SignetClaims.Proof, proof));
        return Task.FromResult<ClaimsPrincipal?>(user);
    }
}
