using Dashboard.Hosting.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Hosting.Telemetry;

/// <summary>No setting makes the framework write what people send.</summary>
public sealed class LogCapsTests
{
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore")]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("Logging:Console:LogLevel:Default")]
    [InlineData("Logging:Console:LogLevel:Microsoft.AspNetCore.Hosting")]
    [InlineData("Logging:Console:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    public void Addresses_of_requests_are_never_logged(string setting)
    {
        using var loggers = Loggers((setting, "Trace"));

        Assert.False(loggers.CreateLogger(Requests).IsEnabled(LogLevel.Information));
        Assert.True(loggers.CreateLogger(Requests).IsEnabled(LogLevel.Warning));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher")]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.BadRequests")]
    [InlineData("Microsoft.AspNetCore.Components.Server.Circuits.RemoteRenderer")]
    public void What_is_sent_is_never_logged_whatever_is_set_for_it(string category)
    {
        using var loggers = Loggers(("Logging:LogLevel:Default", "Trace"), ($"Logging:Console:LogLevel:{category}", "Trace"));

        Assert.False(loggers.CreateLogger(category).IsEnabled(LogLevel.Debug));
        Assert.True(loggers.CreateLogger(category).IsEnabled(LogLevel.Information));
    }

    [Fact]
    public void What_is_ours_and_what_is_quieter_stays_as_it_is_set()
    {
        using var loggers = Loggers(
            ("Logging:LogLevel:Default", "Debug"), ("Logging:LogLevel:Microsoft.AspNetCore", "Error"),
            ("Logging:Console:LogLevel:Other", "Trace"));

        Assert.True(loggers.CreateLogger("Dashboard.Hosting.RequestIds").IsEnabled(LogLevel.Debug));
        Assert.False(loggers.CreateLogger("Dashboard.Hosting.RequestIds").IsEnabled(LogLevel.Trace));
        Assert.False(loggers.CreateLogger("Microsoft.AspNetCore.Routing").IsEnabled(LogLevel.Warning));
        Assert.False(loggers.CreateLogger(Requests).IsEnabled(LogLevel.Warning));
    }

    [Fact]
    public void Nothing_stays_nothing()
    {
        using var loggers = Loggers(("Logging:LogLevel:Default", "None"));

        Assert.False(loggers.CreateLogger(Requests).IsEnabled(LogLevel.Critical));
        Assert.False(loggers.CreateLogger("Microsoft.AspNetCore.Routing").IsEnabled(LogLevel.Critical));
    }

    private static LoggerFactory Loggers(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
            .Build();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddConfiguration(configuration.GetSection("Logging")))
            .AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, LogCaps>()
            .BuildServiceProvider();
        return new LoggerFactory([new Quiet()], services.GetRequiredService<IOptions<LoggerFilterOptions>>().Value);
    }

    [ProviderAlias("Console")]
    private sealed class Quiet : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Only asked whether it would.
        }

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}
