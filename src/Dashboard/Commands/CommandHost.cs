using Dashboard.Hosting;

namespace Dashboard.Commands;

/// <summary>The services of a command: those of the server with the same settings, of which nothing is started.</summary>
internal static class CommandHost
{
    /// <summary>Builds them; the settings are not checked yet, see <see cref="SignetDefaults.ValidateSettings"/>.</summary>
    /// <param name="settings">Settings from the command line.</param>
    /// <param name="overrides">Settings that the command decides itself.</param>
    public static WebApplication Build(string[] settings, IReadOnlyDictionary<string, string?> overrides)
    {
        var builder = SignetBuilder.Create(settings);
        builder.Configuration.AddInMemoryCollection(overrides);

        // The answer has standard output to itself.
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Dashboard", LogLevel.Warning);
        return builder.Build();
    }
}
