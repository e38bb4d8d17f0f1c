using System.ComponentModel.DataAnnotations;
using System.Text;
using Dashboard.Core.Keys.Making;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.LiveKit;

/// <summary>The LiveKit server that tokens are made for, and who may have them made. Bound from <c>LiveKit</c>.</summary>
public sealed class LiveKitOptions
{
    public const string Section = "LiveKit";

    /// <summary>What its clients connect to where nobody says otherwise: a server of one's own, started on this machine.</summary>
    public const string DefaultUrl = "ws://localhost:7880";

    /// <summary>No token of LiveKit lives longer, whatever the settings say.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(8_760);

    /// <summary>The API key, which its tokens name as their issuer; null for no LiveKit.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The secret of that key, which signs them; null for no LiveKit.</summary>
    public string? ApiSecret { get; set; }

    /// <summary>Where its clients connect to: handed out with every token.</summary>
    [Required]
    public string Url { get; set; } = DefaultUrl;

    /// <summary>No token lives longer, whoever asks.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan MaximumLifetime { get; set; } = LongestLifetime;

    /// <summary>Whether anybody who reaches Signet gets tokens, without saying who they are.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>Origins of web pages that may ask for tokens from a browser, such as <c>https://meet.example.com</c>.</summary>
    public List<string> Origins { get; set; } = [];

    /// <summary>True where tokens can be made.</summary>
    public bool IsConfigured => MissingSettings is [];

    /// <summary>The names of the settings that are missing before tokens can be made.</summary>
    public IReadOnlyList<string> MissingSettings =>
    [
        .. string.IsNullOrEmpty(ApiKey) ? [$"{Section}:{nameof(ApiKey)} (LIVEKIT_API_KEY)"] : Array.Empty<string>(),
        .. string.IsNullOrEmpty(ApiSecret) ? [$"{Section}:{nameof(ApiSecret)} (LIVEKIT_API_SECRET)"] : Array.Empty<string>(),
    ];
}

[OptionsValidator]
internal sealed partial class LiveKitOptionsValidator : IValidateOptions<LiveKitOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class LiveKitOptionsRules : IValidateOptions<LiveKitOptions>
{
    private const int LongestKey = 100;
    private const int LongestUrl = 255;
    private const int ShortestSecret = 32;

    private static readonly string[] Schemes = ["ws", "wss", "http", "https"];

    public ValidateOptionsResult Validate(string? name, LiveKitOptions options)
    {
        var failures = FaultsOf(options).ToList();
        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> FaultsOf(LiveKitOptions options)
    {
        const string Section = LiveKitOptions.Section;
        if (options.ApiKey is { Length: > 0 } key && (key.Length > LongestKey || key.Any(sign => !IsVisible(sign))))
        {
            yield return $"{Section}:ApiKey must be at most {LongestKey} visible ASCII characters without spaces, as LiveKit gave it.";
        }

        if (UrlOf(options) is not { } url)
        {
            yield return $"{Section}:Url must be an absolute address such as wss://livekit.example.com, of at most {LongestUrl} "
                + $"characters, but was '{options.Url}'.";
        }
        else if (options.ApiSecret is { Length: > 0 } secret && SecretFaultOf(secret, url) is { } fault)
        {
            yield return fault;
        }

        foreach (var origin in options.Origins.Where(origin => !IsOrigin(origin)))
        {
            yield return $"{Section}:Origins must list origins such as https://meet.example.com, without a path, but has '{origin}'.";
        }
    }

    // Never the value, not even of a wrong one. LiveKit's own development mode has the secret 'secret': nobody else reaches that.
    private static string? SecretFaultOf(string secret, Uri url) =>
        secret.Any(char.IsControl) || secret.Trim() != secret
            ? $"{LiveKitOptions.Section}:ApiSecret begins or ends with a space, or holds a line break. Give it as LiveKit gave it."
        : url.IsLoopback ? null
        : Encoding.UTF8.GetByteCount(secret) < ShortestSecret || SampleSecrets.Contains(secret)
            ? $"{LiveKitOptions.Section}:ApiSecret is shorter than {ShortestSecret} characters or known from documents, so anybody could "
                + "make tokens. Have LiveKit make a new pair (livekit-server generate-keys). A short one is taken only where "
                + $"{LiveKitOptions.Section}:Url is on this machine, for its development mode."
        : null;

    private static Uri? UrlOf(LiveKitOptions options) =>
        options.Url.Length <= LongestUrl
        && options.Url.All(IsVisible)
        && Uri.TryCreate(options.Url, UriKind.Absolute, out var url)
        && Schemes.Contains(url.Scheme, StringComparer.Ordinal)
        && url.UserInfo is ""
            ? url
            : null;

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && string.Equals(address.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);

    private static bool IsVisible(char sign) => sign is > ' ' and <= '~';
}
