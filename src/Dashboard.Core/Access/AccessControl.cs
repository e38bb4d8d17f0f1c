using Dashboard.Core.Audit;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Access;

/// <summary>
/// Decides whether somebody may act. The services that change something ask it themselves, whatever page, endpoint or
/// command called them.
/// </summary>
public sealed class AccessControl(IOptions<AccessOptions> options, TimeProvider clock)
{
    /// <summary>How long a proof is good for.</summary>
    public TimeSpan ProofMaxAge => options.Value.ProofMaxAge;

    /// <summary>Why the actor may not; null where they may. Signet itself and commands on the server may everything.</summary>
    public AccessRefusal? Check(Actor who, Right right)
    {
        if (who.IsSystem)
        {
            return null;
        }

        if (!AccessTable.Allows(who.Role, right))
        {
            return AccessRefusal.Role;
        }

        return AccessTable.IsDangerous(right) && !IsFresh(who.ProvenAt) ? AccessRefusal.Proof : null;
    }

    /// <summary>Throws where the actor may not: a caller that comes this far without asking first is a bug or a race.</summary>
    /// <exception cref="AccessRefusedException">The role does not allow it, or the last proof is too old.</exception>
    public void Demand(Actor who, Right right)
    {
        if (Check(who, right) is { } refusal)
        {
            throw new AccessRefusedException(refusal, right, who.Role);
        }
    }

    // Neither too old nor, where the clock was set back meanwhile, from the future.
    private bool IsFresh(DateTimeOffset? provenAt) =>
        provenAt is { } at && (clock.GetUtcNow() - at).Duration() <= options.Value.ProofMaxAge;
}

/// <summary>Why somebody may not act.</summary>
public enum AccessRefusal
{
    /// <summary>The role does not have the right.</summary>
    Role,

    /// <summary>The last proof that this is the operator is too old.</summary>
    Proof,
}

/// <summary>Somebody without the right reached a service of the core; nothing was done.</summary>
public sealed class AccessRefusedException(AccessRefusal refusal, Right right, string? role)
    : Exception($"The right {right} was refused ({refusal}).")
{
    public AccessRefusal Refusal => refusal;

    public Right Right => right;

    /// <summary>The actor's role; null where they have none.</summary>
    public string? Role => role;
}
