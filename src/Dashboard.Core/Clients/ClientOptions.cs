using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Dashboard.Core.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Clients;

/// <summary>How long registrations last, and what becomes of those that nobody needs. Bound from <c>Clients</c>.</summary>
public sealed class ClientOptions
{
    public const string Section = "Clients";

    /// <summary>The lifetime of registrations that clients make themselves; zero for ever.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>For so long after its expiry a registration can still be renewed; then it ends.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan RenewableFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A client that registered itself and was not used in so long ends.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan UnusedAfter { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long what is left of a client that ended is kept, so that refusals can say what became of it.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan TombstoneRetention { get; set; } = TimeSpan.FromDays(365);
}

[OptionsValidator]
internal sealed partial class ClientOptionsValidator : IValidateOptions<ClientOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class ClientOptionsRules(IOptions<TokenOptions> tokens) : IValidateOptions<ClientOptions>
{
    // A tombstone also says of tokens that they are nobody's any more: it must outlive the last of them.
    public ValidateOptionsResult Validate(string? name, ClientOptions options) =>
        options.TombstoneRetention < tokens.Value.MaximumLifetime
            ? ValidateOptionsResult.Fail(
                $"{ClientOptions.Section}:TombstoneRetention is shorter than {TokenOptions.Section}:MaximumLifetime.")
            : ValidateOptionsResult.Success;
}

/// <summary>The same lifetime under the name and in the seconds that others use.</summary>
internal sealed class ClientLifetimeAlias(IConfiguration configuration)
    : IConfigureOptions<ClientOptions>, IValidateOptions<ClientOptions>
{
    public const string Setting = "CLIENT_LIFETIME";

    public void Configure(ClientOptions options)
    {
        if (Seconds() is { } seconds)
        {
            options.Lifetime = TimeSpan.FromSeconds(seconds);
        }
    }

    public ValidateOptionsResult Validate(string? name, ClientOptions options) =>
        configuration[Setting] is { Length: > 0 } text && Seconds() is null
            ? ValidateOptionsResult.Fail($"{Setting} must be seconds from 0, for ever, to {ClientLimits.LongestLifetimeSeconds}, but was '{text}'.")
            : ValidateOptionsResult.Success;

    private int? Seconds() =>
        int.TryParse(configuration[Setting], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= ClientLimits.LongestLifetimeSeconds
            ? seconds
            : null;
}
