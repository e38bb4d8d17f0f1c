using Dashboard.Agents;
using Dashboard.Alerts;
using Dashboard.App;
using Dashboard.Arcp;
using Dashboard.Audit;
using Dashboard.Clients;
using Dashboard.Core;
using Dashboard.Failures;
using Dashboard.Hosting;
using Dashboard.Inspector;
using Dashboard.Hosting.Telemetry;
using Dashboard.Keys;
using Dashboard.LiveKit;
using Dashboard.OAuth.Authorize;
using Dashboard.Operators;
using Dashboard.Overview;
using Dashboard.Sessions;
using Dashboard.Sharing;
using Dashboard.Settings;
using Dashboard.SignIn;
using Dashboard.Tokens;
using Dashboard.Webhooks;

namespace Dashboard;

/// <summary>Configuration and services, the same for the server and for every command.</summary>
internal static class SignetBuilder
{
    /// <summary>Reads settings and registers everything; nothing is opened or started.</summary>
    public static WebApplicationBuilder Create(string[] arguments)
    {
        // Settings and assets lie beside the program; only the data folder depends on where it was started.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = typeof(SignetBuilder).Assembly.GetName().Name,
                Args = arguments,
                ContentRootPath = AppContext.BaseDirectory,
            });
        builder.WebHost.UseStaticWebAssets();
        builder.UseGatewayNames();
        builder.UseTelemetryNames();
        builder.UseLiveKitNames();
        builder.UseSignetDefaults();
        builder.UseServing();
        builder.Services.AddDashboardCore();
        builder.Services.AddHosting();
        builder.Services.AddSignIn();
        builder.Services.AddArcp();
        builder.Services.AddAuthorize();
        builder.Services.AddLiveKitTokens();
        builder.Services.AddShell();
        builder.Services.AddTokenPages();
        builder.Services.AddSessionPages();
        builder.Services.AddOperatorPages();
        builder.Services.AddClientPages();
        builder.Services.AddKeyPages();
        builder.Services.AddAgentPages();
        builder.Services.AddAuditPages();
        builder.Services.AddWebhookPages();
        builder.Services.AddAlertPages();
        builder.Services.AddSettingsPages();
        builder.Services.AddFailures();
        builder.Services.AddInspector();
        builder.Services.AddSharingPages();
        builder.Services.AddOverview();
        return builder;
    }
}
