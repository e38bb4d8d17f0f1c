using Dashboard.Core.Audit;
using Dashboard.Core.Scopes;

namespace Dashboard.Core.Clients.Registration;

/// <summary>Keeps what an administrator decided. Every adapter must pass <c>RegistrationPolicyStoreContract</c>.</summary>
internal interface IRegistrationPolicyStore
{
    /// <summary>The policy; null where nobody has decided yet.</summary>
    Task<RegistrationPolicy?> FindAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the policy where the stored one still has the version of <paramref name="changed"/> (0 where there is none);
    /// the stored one is one higher then. False, and nothing changed, where somebody else was faster.
    /// </summary>
    Task<bool> ReplaceAsync(RegistrationPolicy changed, AuditEntry audit, CancellationToken cancellationToken);
}

/// <summary>A policy as stores keep it.</summary>
internal sealed record RegistrationPolicyRow(string Mode, long? ClientLifetime, string Scopes, long Version)
{
    public static RegistrationPolicyRow Of(RegistrationPolicy policy) => new(
        policy.Mode.Name,
        policy.ClientLifetime is { } lifetime ? (long)lifetime.TotalMilliseconds : null,
        ScopeText.Join(policy.AllowedScopes),
        policy.Version);

    public RegistrationPolicy ToPolicy() => new()
    {
        // A mode of a later version lets nobody in.
        Mode = RegistrationModes.Parse(Mode) ?? RegistrationMode.Off,
        ClientLifetime = ClientLifetime is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        AllowedScopes = ScopeText.Split(Scopes),
        Version = Version,
    };
}
