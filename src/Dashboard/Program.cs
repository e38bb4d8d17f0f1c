using Dashboard;
using Dashboard.App;
using Dashboard.Arcp;
using Dashboard.Audit;
using Dashboard.Commands;
using Dashboard.Core;
using Dashboard.Core.Primitives;
using Dashboard.Failures;
using Dashboard.Hosting;
using Dashboard.Inspector;
using Dashboard.Keys;
using Dashboard.Mint;
using Dashboard.OAuth;
using Dashboard.Operators;
using Dashboard.Overview;
using Dashboard.SignIn;
using Dashboard.Tokens;

if (CommandLine.IsFor(args))
{
    return await CommandLine.RunAsync(args, CommandConsole.Real);
}

var builder = SignetBuilder.Create(args);
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
    app.MapOperators();
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
