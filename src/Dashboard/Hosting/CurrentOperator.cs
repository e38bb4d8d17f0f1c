using System.Security.Claims;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;

namespace Dashboard.Hosting;

/// <summary>Knows who is behind a circuit now, from the session's row. The circuit's own memory of it may be old.</summary>
public interface ICircuitOperator
{
    /// <summary>The operator; null where the session is over, or must be confirmed first.</summary>
    Task<ClaimsPrincipal?> FindAsync(CancellationToken cancellationToken);
}

/// <summary>The operator behind a circuit. A circuit outlives a permission, so every act asks again before it acts.</summary>
public sealed class CurrentOperator(ICircuitOperator circuit, AccessControl access)
{
    /// <summary>
    /// The operator as the audit log names them; null where they may not, or no longer. A stale proof is no hindrance here:
    /// the core asks for a fresh one where it matters, and <see cref="NeedsProofAsync"/> tells beforehand.
    /// </summary>
    public async Task<Actor?> FindAsync(Right right) =>
        await circuit.FindAsync(CancellationToken.None) is { } user
        && user.Actor(user.FindFirstValue(SignetClaims.Address)) is var who
        && access.Check(who, right) is not AccessRefusal.Role
            ? who
            : null;

    /// <summary>Whether the operator may do something now; for showing and hiding, never instead of <see cref="FindAsync"/>.</summary>
    public async Task<bool> MayAsync(Right right) => await FindAsync(right) is not null;

    /// <summary>True where the operator has the right, and must prove that it is them before using it.</summary>
    public async Task<bool> NeedsProofAsync(Right right) =>
        await FindAsync(right) is { } who && access.Check(who, right) is AccessRefusal.Proof;
}
