using System.Net;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting;

/// <summary>How requests reach Signet and how much its refusals say. Bound from <c>Hosting</c>.</summary>
public sealed class HostingOptions
{
    public const string Section = "Hosting";

    /// <summary>
    /// Addresses (<c>10.0.0.5</c>) and networks (<c>10.0.0.0/24</c>) of reverse proxies whose <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> are believed. Nobody's are by default.
    /// </summary>
    public List<string> KnownProxies { get; set; } = [];

    /// <summary>Further origins of the dashboard, such as <c>https://signet.internal</c>; the issuer's is always one.</summary>
    public List<string> Origins { get; set; } = [];

    /// <summary>True to answer plain http from other machines: secrets then cross the network readable.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>True to tell anonymous callers of a refused token nothing but that it is invalid or expired.</summary>
    public bool GenericTokenRefusals { get; set; }
}

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class HostingOptionsRules : IValidateOptions<HostingOptions>
{
    public ValidateOptionsResult Validate(string? name, HostingOptions options)
    {
        var failures = options.KnownProxies
            .Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
            .Select(proxy =>
                $"{HostingOptions.Section}:KnownProxies must list addresses such as 10.0.0.5 or networks such as "
                + $"10.0.0.0/24, but has '{proxy}'.")
            .Concat(options.Origins
                .Where(origin => !IsOrigin(origin))
                .Select(origin =>
                    $"{HostingOptions.Section}:Origins must list origins such as https://signet.example.com, without a "
                    + $"path, but has '{origin}'."))
            .ToList();
        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && string.Equals(address.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);
}
