using System.Globalization;
using System.Text.Json;
using Dashboard.Core.Tokens;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting;

/// <summary>
/// The names by which the MCP OAuth Gateway knows some of our settings of tokens. Our own name wins where both are given.
/// </summary>
internal static class GatewayNames
{
    public const string CustomClaims = "TOKEN_CUSTOM_CLAIMS";

    private static readonly (string Theirs, string Ours)[] Lifetimes =
    [
        ("ACCESS_TOKEN_LIFETIME", "Tokens:AccessTokenLifetime"),
        ("REFRESH_TOKEN_LIFETIME", "Tokens:RefreshTokenLifetime"),
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
        foreach (var (theirs, _) in Lifetimes)
        {
            if (configuration[theirs] is { Length: > 0 } text && LifetimeOf(text) is null)
            {
                yield return $"{theirs} must be a whole number of seconds above 0, but was '{text}'.";
            }
        }

        if (configuration[CustomClaims] is { Length: > 0 } && ClaimsOf(configuration[CustomClaims]) is null)
        {
            yield return $"{CustomClaims} must be a JSON object of texts, numbers, true and false, such as {{\"tenant\":\"acme\"}}.";
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Read(ConfigurationManager configuration)
    {
        foreach (var (theirs, ours) in Lifetimes)
        {
            if (configuration[theirs] is { Length: > 0 } text && LifetimeOf(text) is { } lifetime)
            {
                yield return KeyValuePair.Create(ours, (string?)lifetime.ToString("c", CultureInfo.InvariantCulture));
            }
        }
    }

    private static TimeSpan? LifetimeOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;

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
