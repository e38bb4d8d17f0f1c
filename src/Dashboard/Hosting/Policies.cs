using Dashboard.Core.Access;
using Microsoft.AspNetCore.Authorization;

namespace Dashboard.Hosting;

/// <summary>What an endpoint or page asks of whoever calls it: the rights of the core's table, by name.</summary>
internal static class Policies
{
    /// <inheritdoc cref="Right.ReadTokens"/>
    public const string ReadTokens = nameof(Right.ReadTokens);

    /// <inheritdoc cref="Right.ManageShares"/>
    public const string ManageShares = nameof(Right.ManageShares);

    /// <inheritdoc cref="Right.RevokeToken"/>
    public const string RevokeToken = nameof(Right.RevokeToken);

    /// <inheritdoc cref="Right.ManageTokens"/>
    public const string ManageTokens = nameof(Right.ManageTokens);

    /// <inheritdoc cref="Right.WatchRevocations"/>
    public const string WatchRevocations = nameof(Right.WatchRevocations);

    /// <inheritdoc cref="Right.Export"/>
    public const string Export = nameof(Right.Export);

    /// <inheritdoc cref="Right.ReadKeys"/>
    public const string ReadKeys = nameof(Right.ReadKeys);

    /// <inheritdoc cref="Right.ManageKeys"/>
    public const string ManageKeys = nameof(Right.ManageKeys);

    /// <inheritdoc cref="Right.ReadAudit"/>
    public const string ReadAudit = nameof(Right.ReadAudit);

    /// <inheritdoc cref="Right.ReadSessions"/>
    public const string ReadSessions = nameof(Right.ReadSessions);

    /// <inheritdoc cref="Right.ManageSessions"/>
    public const string ManageSessions = nameof(Right.ManageSessions);

    /// <inheritdoc cref="Right.ReadOperators"/>
    public const string ReadOperators = nameof(Right.ReadOperators);

    /// <inheritdoc cref="Right.ManageOperators"/>
    public const string ManageOperators = nameof(Right.ManageOperators);

    /// <inheritdoc cref="Right.ReadClients"/>
    public const string ReadClients = nameof(Right.ReadClients);

    /// <inheritdoc cref="Right.ReadRegistration"/>
    public const string ReadRegistration = nameof(Right.ReadRegistration);

    /// <inheritdoc cref="Right.ManageClients"/>
    public const string ManageClients = nameof(Right.ManageClients);

    /// <inheritdoc cref="Right.ReadAgents"/>
    public const string ReadAgents = nameof(Right.ReadAgents);

    /// <inheritdoc cref="Right.ManageAgents"/>
    public const string ManageAgents = nameof(Right.ManageAgents);

    /// <inheritdoc cref="Right.ReadWebhooks"/>
    public const string ReadWebhooks = nameof(Right.ReadWebhooks);

    /// <inheritdoc cref="Right.ManageWebhooks"/>
    public const string ManageWebhooks = nameof(Right.ManageWebhooks);

    /// <inheritdoc cref="Right.ReadAlerts"/>
    public const string ReadAlerts = nameof(Right.ReadAlerts);

    /// <inheritdoc cref="Right.ManageAlerts"/>
    public const string ManageAlerts = nameof(Right.ManageAlerts);

    /// <inheritdoc cref="Right.ReadSettings"/>
    public const string ReadSettings = nameof(Right.ReadSettings);

    /// <inheritdoc cref="Right.Consent"/>
    public const string Consent = nameof(Right.Consent);

    /// <inheritdoc cref="Right.OwnAccount"/>
    public const string OwnAccount = nameof(Right.OwnAccount);

    /// <inheritdoc cref="Right.ChangeOwnLogin"/>
    public const string ChangeOwnLogin = nameof(Right.ChangeOwnLogin);

    public static AuthorizationBuilder AddRights(this AuthorizationBuilder builder)
    {
        builder.Services.AddSingleton<IAuthorizationHandler, RightHandler>();
        foreach (var right in Enum.GetValues<Right>())
        {
            builder.AddPolicy(
                right.ToString(), policy => policy.RequireAuthenticatedUser().AddRequirements(new RightRequirement(right)));
        }

        return builder;
    }
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

    /// <summary>The address that the browser connected from; absent where it is not known.</summary>
    public const string Address = "address";

    /// <summary>The operator's id.</summary>
    public const string Operator = "operator_id";

    /// <summary>When the operator last proved that it is them, in Unix milliseconds; absent where they did not.</summary>
    public const string Proof = "proof";
}
