using Dashboard.Agents;
using Dashboard.Alerts;
using Dashboard.App;
using Dashboard.Arcp;
using Dashboard.Audit;
using Dashboard.Clients;
using Dashboard.Failures;
using Dashboard.Hosting;
using Dashboard.Inspector;
using Dashboard.Keys;
using Dashboard.LiveKit;
using Dashboard.Mint;
using Dashboard.OAuth;
using Dashboard.OAuth.Authorize;
using Dashboard.OAuth.ForwardAuth;
using Dashboard.OAuth.Registration;
using Dashboard.Operators;
using Dashboard.Overview;
using Dashboard.Sessions;
using Dashboard.Sharing;
using Dashboard.Settings;
using Dashboard.SignIn;
using Dashboard.Tokens;
using Dashboard.Webhooks;

namespace Dashboard;

/// <summary>Everything that answers requests: one line a feature.</summary>
internal static class SignetEndpoints
{
    /// <summary>Puts the pipeline together and maps every endpoint and page.</summary>
    public static void MapSignet(this WebApplication app)
    {
        app.UseHosting();
        app.UseSignIn();
        app.MapSignIn();
        app.MapArcpLogin();
        app.MapValidation();
        app.MapQuietValidation();
        app.MapArcpMint();
        app.MapAgentTokens();
        app.MapAgents();
        app.MapTokenRenewal();
        app.MapArcpDiscovery();
        app.MapJwks();
        app.MapServerMetadata();
        app.MapResourceMetadata();
        app.MapOAuth();
        app.MapForwardAuth();
        app.MapAuthorize();
        app.MapRegistration();
        app.MapLiveKit();
        app.MapTokens();
        app.MapRevocations();
        app.MapMint();
        app.MapInspector();
        app.MapFailures();
        app.MapSharing();
        app.MapStats();
        app.MapKeys();
        app.MapIssuers();
        app.MapSessions();
        app.MapOperators();
        app.MapClients();
        app.MapAgentAdministration();
        app.MapAlerts();
        app.MapAudit();
        app.MapWebhooks();
        app.MapSettings();
        app.MapShell();
    }
}
