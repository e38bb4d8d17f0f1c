using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Webhooks;

/// <summary>Where webhooks may lead, and how long their deliveries are kept. Bound from <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>True where any webhook may be in our own network, and speak plain http.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Names or addresses, separated by spaces, that may be in our own network and speak plain http.</summary>
    public string AllowedHosts { get; set; } = "";

    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often the leader looks for what is due.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan LookInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether an address may be in our own network: because any may, or because its host is named.</summary>
    internal bool AllowsPrivate(Uri address) => AllowPrivateAddresses
        || AllowedHosts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(HostOf(address), StringComparer.OrdinalIgnoreCase);

    // As people write it: an IPv6 address without its brackets.
    private static string HostOf(Uri address) => address.IdnHost.TrimEnd('.');
}

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class WebhookOptionsRules : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options) =>
        options.AllowedHosts.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(host => Uri.CheckHostName(host) is UriHostNameType.Unknown) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"{WebhookOptions.Section}:AllowedHosts must have names or addresses separated by spaces, without scheme or port, "
                + $"such as 'hooks.internal 10.0.0.7', but has '{wrong}'.")
            : ValidateOptionsResult.Success;
}
