using Dashboard.Core.Scopes;

namespace Dashboard.Core.Clients.Registration;

/// <summary>Who may register a client at <c>/oauth/register</c>.</summary>
public enum RegistrationMode
{
    /// <summary>Nobody; clients that did keep managing their registration.</summary>
    Off,

    /// <summary>Whoever has an initial access token.</summary>
    Token,

    /// <summary>Anybody, but without an initial access token the client waits for an administrator.</summary>
    Approval,

    /// <summary>Anybody.</summary>
    Open,
}

/// <summary>How clients register themselves.</summary>
public sealed record RegistrationPolicy
{
    public required RegistrationMode Mode { get; init; }

    /// <summary>How long a registration lives; zero for ever, null for <c>Clients:Lifetime</c>.</summary>
    public TimeSpan? ClientLifetime { get; init; }

    /// <summary>What they may have at most, and what they get where they ask for nothing. <c>files:*</c> stands for all of these.</summary>
    public IReadOnlyList<string> AllowedScopes { get; init; } = [];

    /// <summary>Rises by one with every change; 0 while the configuration decides.</summary>
    public long Version { get; init; }

    /// <summary>The part of what a client asks for that it may have; everything allowed where it asks for nothing.</summary>
    /// <param name="asked">What it asks for.</param>
    /// <param name="held">What it has been given before, by whomever.</param>
    public IReadOnlyList<string> Grant(IReadOnlyList<string> asked, IReadOnlyList<string> held) => asked is []
        ? AllowedScopes
        : [.. asked.Where(scope => held.Contains(scope, StringComparer.Ordinal) || MayHave(scope))];

    /// <summary>
    /// The part of the grants it asks for that it may have. Tokens of its own, to which no person consents, are for a client
    /// that somebody here answers for: otherwise every stranger would have some.
    /// </summary>
    /// <param name="asked">What it asks for.</param>
    /// <param name="isAnsweredFor">True where it has an initial access token, waits for approval, or was given that before.</param>
    public static IReadOnlyList<string> GrantTypesOf(IReadOnlyList<string> asked, bool isAnsweredFor) =>
        isAnsweredFor ? asked : [.. asked.Where(grant => grant is not GrantTypes.ClientCredentials)];

    private bool MayHave(string scope) =>
        !RegistrationPolicyRules.IsPrivileged(scope) && AllowedScopes.Any(allowed => ScopeHierarchy.Matches(allowed, scope));
}

/// <summary>The names of modes in settings, requests and stores.</summary>
public static class RegistrationModes
{
    public static readonly IReadOnlyList<string> All = ["off", "token", "approval", "open"];

    extension(RegistrationMode mode)
    {
        public string Name => All[(int)mode];
    }

    /// <summary>Reads a name; null for one that is none.</summary>
    public static RegistrationMode? Parse(string? name) =>
        Enum.GetValues<RegistrationMode>().Cast<RegistrationMode?>().FirstOrDefault(mode => mode!.Value.Name == name);
}
