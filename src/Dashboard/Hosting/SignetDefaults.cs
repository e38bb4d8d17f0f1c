using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting;

/// <summary>What holds where nothing is configured.</summary>
internal static class SignetDefaults
{
    private const string DefaultAddress = "http://localhost:8001";

    /// <summary>Listens on port 8001 of this machine only, and takes the first address it listens on for the issuer.</summary>
    public static void UseSignetDefaults(this WebApplicationBuilder builder)
    {
        var addresses = builder.Configuration[WebHostDefaults.ServerUrlsKey];
        if (string.IsNullOrWhiteSpace(addresses))
        {
            addresses = DefaultAddress;
            builder.WebHost.UseUrls(DefaultAddress);
        }

        var issuer = Issuer(addresses);
        builder.Services.PostConfigure<SignetOptions>(options => options.Issuer = options.Issuer is "" ? issuer : options.Issuer);
    }

    /// <summary>Checks every setting before anything is opened, so that a wrong one is named and nothing else happens.</summary>
    /// <exception cref="StartupException">Some setting is wrong; the message names each and its cure.</exception>
    public static void ValidateSettings(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (Exception exception) when (exception is OptionsValidationException or AggregateException)
        {
            var faults = exception is AggregateException { InnerExceptions: var all } ? all : [exception];
            throw new StartupException(
                string.Join(Environment.NewLine, faults.SelectMany(FaultsOf)), StartupException.WrongSetting, exception);
        }
    }

    /// <summary>The first address without a trailing slash; a wildcard stands for this machine.</summary>
    internal static string Issuer(string addresses)
    {
        var first = addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];
        foreach (var wildcard in (ReadOnlySpan<string>)["://+", "://*", "://0.0.0.0", "://[::]"])
        {
            first = first.Replace(wildcard, "://localhost", StringComparison.Ordinal);
        }

        return first.TrimEnd('/');
    }

    private static IEnumerable<string> FaultsOf(Exception exception) =>
        exception is OptionsValidationException invalid ? invalid.Failures : [exception.Message];
}
