using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting;

/// <summary>What holds where nothing is configured.</summary>
internal static class SignetDefaults
{
    public const string DefaultAddress = "http://localhost:8001";

    private static readonly string[] Wildcards = ["://+", "://*", "://0.0.0.0", "://[::]"];

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
        if (SettingFaults.OfAddresses(app.Configuration[WebHostDefaults.ServerUrlsKey] ?? DefaultAddress) is { } fault)
        {
            throw new StartupException(fault, StartupException.WrongSetting);
        }

        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (Exception exception) when (SettingFaults.Of(exception, app.Configuration) is { } faults)
        {
            throw new StartupException(string.Join(Environment.NewLine, faults), StartupException.WrongSetting, exception);
        }
    }

    /// <summary>The first address that is configured, or the default one.</summary>
    public static string AddressOf(IConfiguration configuration) =>
        Issuer(configuration[WebHostDefaults.ServerUrlsKey] is { } addresses && !string.IsNullOrWhiteSpace(addresses) ? addresses : DefaultAddress);

    /// <summary>The first address.</summary>
    internal static string Issuer(string addresses) => Addresses(addresses)[0];

    /// <summary>The addresses without a trailing slash; a wildcard stands for this machine.</summary>
    internal static IReadOnlyList<string> Addresses(string addresses) =>
    [
        .. addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(address =>
            Wildcards.Aggregate(address, (text, wildcard) => text.Replace(wildcard, "://localhost", StringComparison.Ordinal)).TrimEnd('/')),
    ];
}
