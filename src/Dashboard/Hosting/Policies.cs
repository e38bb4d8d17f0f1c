using Microsoft.AspNetCore.Authorization;

namespace Dashboard.Hosting;

/// <summary>What an endpoint or page asks of whoever calls it. Each right names the roles that have it.</summary>
internal static class Policies
{
    /// <summary>Inspect a token, look up a failure reference, see a token's row and timeline; list tokens.</summary>
    public const string ReadTokens = nameof(ReadTokens);

    /// <summary>Revoke one token.</summary>
    public const string RevokeToken = nameof(RevokeToken);

    /// <summary>Mint, revoke in bulk.</summary>
    public const string ManageTokens = nameof(ManageTokens);

    /// <summary>Export what is listed.</summary>
    public const string Export = nameof(Export);

    /// <summary>See the key ring's public part, events and metrics.</summary>
    public const string ReadKeys = nameof(ReadKeys);

    /// <summary>Rotate and retire keys.</summary>
    public const string ManageKeys = nameof(ManageKeys);

    /// <summary>Read and verify the audit log.</summary>
    public const string ReadAudit = nameof(ReadAudit);

    public static AuthorizationBuilder AddRights(this AuthorizationBuilder builder) => builder
        .AddPolicy(ReadTokens, Of(Roles.Administrator, Roles.Reviewer, Roles.Support))
        .AddPolicy(RevokeToken, Of(Roles.Administrator, Roles.Support))
        .AddPolicy(ManageTokens, Of(Roles.Administrator))
        .AddPolicy(Export, Of(Roles.Administrator, Roles.Reviewer))
        .AddPolicy(ReadKeys, Of(Roles.Administrator, Roles.Reviewer))
        .AddPolicy(ManageKeys, Of(Roles.Administrator))
        .AddPolicy(ReadAudit, Of(Roles.Administrator, Roles.Reviewer));

    private static Action<AuthorizationPolicyBuilder> Of(params string[] roles) =>
        policy => policy.RequireAuthenticatedUser().RequireRole(roles);
}

/// <summary>The roles of operators.</summary>
internal static class Roles
{
    public const string Administrator = "administrator";
    public const string Reviewer = "reviewer";
    public const string Support = "support";
}

/// <summary>The authentication schemes.</summary>
internal static class Schemes
{
    /// <summary>The cookie session of a browser.</summary>
    public const string Session = nameof(Session);

    /// <summary>An operator token in the Authorization header.</summary>
    public const string Bearer = nameof(Bearer);

    /// <summary>Bearer where the request has an Authorization header, the session otherwise.</summary>
    public const string Either = nameof(Either);
}

/// <summary>The claims of an operator's principal, the same for both schemes.</summary>
internal static class SignetClaims
{
    /// <summary>The operator's user name; the identity's name claim.</summary>
    public const string Name = "name";

    /// <summary>The role; the identity's role claim.</summary>
    public const string Role = "role";

    /// <summary>The public name of the session.</summary>
    public const string Session = "sid";

    /// <summary>The operator's id.</summary>
    public const string Operator = "operator_id";
}
