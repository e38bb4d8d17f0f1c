using Dashboard.App;
using Dashboard.Arcp;
using Dashboard.Audit;
using Dashboard.Core;
using Dashboard.Core.Primitives;
using Dashboard.Failures;
using Dashboard.Hosting;
using Dashboard.Inspector;
using Dashboard.Keys;
using Dashboard.Mint;
using Dashboard.OAuth;
using Dashboard.Overview;
using Dashboard.SignIn;
using Dashboard.Tokens;

// Settings and assets lie beside the program; only the data folder depends on where it was started.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.UseSignetDefaults();
builder.UseServing();
builder.Services.AddDashboardCore();
builder.Services.AddHosting();
builder.Services.AddSignIn();
builder.Services.AddArcp();
builder.Services.AddShell();
builder.Services.AddTokenPages();
builder.Services.AddFailures();
builder.Services.AddOverview();

try
{
    var app = builder.Build();
    app.ValidateSettings();
    app.UseHosting();
    app.UseSignIn();
    app.MapSignIn();
    app.MapArcpLogin();
    app.MapValidation();
    app.MapQuietValidation();
    app.MapArcpMint();
    app.MapJwks();
    app.MapTokens();
    app.MapRevocations();
    app.MapMint();
    app.MapInspector();
    app.MapFailures();
    app.MapStats();
    app.MapKeys();
    app.MapAudit();
    app.MapShell();

    await app.Services.StartDashboardCoreAsync(CancellationToken.None);
    await FirstLogin.EnsureAsync(app);
    await app.ServeAsync();
    return 0;
}
catch (StartupException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return exception.ExitCode;
}
