using StackExchange.Redis;

namespace Dashboard.Core.Gateway.Redis;

/// <summary>Where a gateway's Redis is: as StackExchange.Redis writes it, or as the gateway's own <c>REDIS_URL</c> does.</summary>
internal static class RedisAddress
{
    private static readonly string[] Schemes = ["redis", "rediss"];

    /// <summary>Reads an address.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static ConfigurationOptions Parse(string text)
    {
        var options = Uri.TryCreate(text, UriKind.Absolute, out var url) && Schemes.Contains(url.Scheme)
            ? OfUrl(url)
            : ConfigurationOptions.Parse(text);
        if (options.EndPoints.Count == 0)
        {
            throw new ArgumentException("No server is named.", nameof(text));
        }

        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        options.ClientName = "signet-import";
        return options;
    }

    private static ConfigurationOptions OfUrl(Uri url)
    {
        var options = new ConfigurationOptions { Ssl = url.Scheme is "rediss" };
        options.EndPoints.Add(url.IdnHost, url.IsDefaultPort || url.Port < 0 ? 6379 : url.Port);

        // The gateway's has a password alone.
        var password = url.UserInfo.Split(':', 2)[^1];
        options.Password = password is "" ? null : Uri.UnescapeDataString(password);
        options.DefaultDatabase = int.TryParse(url.AbsolutePath.Trim('/'), out var number) ? number : null;
        return options;
    }
}
