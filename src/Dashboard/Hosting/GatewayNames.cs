using System.Globalization;
using System.Text.Json;
using Dashboard.Core.Keys;
using Dashboard.Core.Tokens;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting;

/// <summary>
/// The names by which the MCP OAuth Gateway knows some of our settings of tokens and keys. Our own name wins where both are given.
/// </summary>
internal static class GatewayNames
{
    public const string CustomClaims = "TOKEN_CUSTOM_CLAIMS";

    private const string BindCertificate = "TOKEN_BIND_CERT";

    /// <summary>Each with its own name, ours, how its value is written, and how we write that; null where it cannot be read.</summary>
    private static readonly (string Theirs, string Ours, string Rule, Func<string, string?> Read)[] Plain =
    [
        ("ACCESS_TOKEN_LIFETIME", "Tokens:AccessTokenLifetime", "a whole number of seconds above 0", LifetimeOf),
        ("REFRESH_TOKEN_LIFETIME", "Tokens:RefreshTokenLifetime", "a whole number of seconds above 0", LifetimeOf),
        ("TOKEN_BIND_IP", "Tokens:BindAddress", "true or false", SwitchOf),
        ("TOKEN_BIND_UA", "Tokens:BindUserAgent", "true or false", SwitchOf),
        ("JWT_ALGORITHM", "Keys:Algorithm", string.Join(" or ", Enum.GetNames<KeyAlgorithm>()), AlgorithmOf),
    ];

    /// <summary>Reads settings under these names too; what cannot be read is named when settings are checked.</summary>
    public static void UseGatewayNames(this WebApplicationBuilder builder)
    {
        // First, and so the weakest.
        builder.Configuration.Sources.Insert(
            0, new MemoryConfigurationSource { InitialData = [.. Read(builder.Configuration)] });

        // Not by way of the configuration: there a colon, as in a claim called by its URL, would cut the name into pieces.
        builder.Services.AddOptions<TokenOptions>().PostConfigure<IConfiguration>((options, configuration) =>
        {
            foreach (var (name, value) in ClaimsOf(configuration[CustomClaims]) ?? [])
            {
                options.ExtraClaims.TryAdd(name, value);
            }
        });
        builder.Services.AddOptions<GatewaySettings>().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<GatewaySettings>, GatewaySettingsRules>();
    }

    /// <summary>A sentence for each setting that cannot be read.</summary>
    public static IEnumerable<string> FaultsOf(IConfiguration configuration)
    {
        foreach (var (theirs, _, rule, read) in Plain)
        {
            if (configuration[theirs] is { Length: > 0 } text && read(text) is null)
            {
                yield return $"{theirs} must be {rule}, but was '{text}'.";
            }
        }

        if (configuration[BindCertificate] is { Length: > 0 } bound && SwitchOf(bound) is not "false")
        {
            yield return $"{BindCertificate} must be false or absent, because Signet does not check certificates yet: tokens would "
                + "be good without them.";
        }

        if (configuration[CustomClaims] is { Length: > 0 } && ClaimsOf(configuration[CustomClaims]) is null)
        {
            yield return $"{CustomClaims} must be a JSON object of texts, numbers, true and false, such as {{\"tenant\":\"acme\"}}.";
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Read(ConfigurationManager configuration)
    {
        foreach (var (theirs, ours, _, read) in Plain)
        {
            if (configuration[theirs] is { Length: > 0 } text && read(text) is { } value)
            {
                yield return KeyValuePair.Create(ours, (string?)value);
            }
        }
    }

    private static string? LifetimeOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds).ToString("c", CultureInfo.InvariantCulture)
            : null;

    private static string? SwitchOf(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" => "true",
        "FALSE" or "0" => "false",
        _ => null,
    };

    private static string? AlgorithmOf(string text) =>
        Enum.GetNames<KeyAlgorithm>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, string>? ClaimsOf(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.EnumerateObject().All(member => IsPlain(member.Value))
                ? document.RootElement.EnumerateObject().ToDictionary(
                    member => member.Name, member => TextOf(member.Value), StringComparer.Ordinal)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string TextOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static bool IsPlain(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}

/// <summary>Has no values of its own: only there to be checked with all other settings.</summary>
internal sealed class GatewaySettings;

/// <summary>Refuses a start with a gateway's setting that would silently not hold.</summary>
internal sealed class GatewaySettingsRules(IConfiguration configuration) : IValidateOptions<GatewaySettings>
{
    public ValidateOptionsResult Validate(string? name, GatewaySettings options) =>
        GatewayNames.FaultsOf(configuration).ToList() is { Count: > 0 } faults
            ? ValidateOptionsResult.Fail(faults)
            : ValidateOptionsResult.Success;
}
