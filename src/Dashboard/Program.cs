using Dashboard;
using Dashboard.Commands;
using Dashboard.Core;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Telemetry;
using Dashboard.SignIn;

if (CommandLine.IsFor(args))
{
    return await CommandLine.RunAsync(args, CommandConsole.Real);
}

var builder = SignetBuilder.Create(args);
try
{
    var app = builder.Build();
    app.ValidateSettings();
    app.StartTelemetry();
    app.MapSignet();

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
