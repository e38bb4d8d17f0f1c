using Dashboard.Core.LiveKit;
using Dashboard.Hosting;
using Dashboard.Hosting.Settings;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Dashboard.LiveKit;

internal static class LiveKitServices
{
    /// <summary>The pages that may ask from a browser; see <see cref="LiveKitOptions.Origins"/>.</summary>
    public const string Cors = "LiveKit";

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    /// <summary>The names by which every program that works with LiveKit knows its settings. Our own win where both are given.</summary>
    private static readonly (string Theirs, string Ours)[] Names =
    [
        ("LIVEKIT_API_KEY", nameof(LiveKitOptions.ApiKey)),
        ("LIVEKIT_API_SECRET", nameof(LiveKitOptions.ApiSecret)),
        ("LIVEKIT_URL", nameof(LiveKitOptions.Url)),
    ];

    private static readonly SettingGroup Settings = new("LiveKit", LiveKitOptions.Section, typeof(LiveKitOptions),
    [
        new(nameof(LiveKitOptions.ApiKey), "The API key of the LiveKit server that tokens are made for.") { Alias = Names[0].Theirs },
        new(nameof(LiveKitOptions.ApiSecret), "The secret of that key.") { Alias = Names[1].Theirs, Secrecy = SettingSecrecy.Secret },
        new(nameof(LiveKitOptions.Url), "Where clients of that server connect to.") { Alias = Names[2].Theirs },
        new(nameof(LiveKitOptions.MaximumLifetime), "No token for LiveKit lives longer, whoever asks."),
        new(nameof(LiveKitOptions.AllowAnonymous), "Whether anybody gets tokens for LiveKit without saying who they are."),
        new(nameof(LiveKitOptions.Origins), "Origins of web pages that may ask for tokens for LiveKit from a browser."),
    ]);

    /// <summary>Reads settings under LiveKit's names too, weaker than all others.</summary>
    public static void UseLiveKitNames(this WebApplicationBuilder builder) => builder.Configuration.Sources.Insert(
        0,
        new MemoryConfigurationSource
        {
            InitialData =
            [
                .. Names
                    .Where(name => builder.Configuration[name.Theirs] is { Length: > 0 })
                    .Select(name => KeyValuePair.Create($"{LiveKitOptions.Section}:{name.Ours}", builder.Configuration[name.Theirs])),
            ],
        });

    public static IServiceCollection AddLiveKitTokens(this IServiceCollection services)
    {
        services.AddSingleton(Settings);
        services.AddOptions<CorsOptions>().Configure<IOptions<LiveKitOptions>>((cors, liveKit) => cors.AddPolicy(Cors, policy => policy
            .WithOrigins([.. liveKit.Value.Origins])
            .WithMethods(HttpMethods.Get)
            .WithHeaders(HeaderNames.Authorization, HeaderNames.ContentType, Problems.FingerprintHeader)
            .WithExposedHeaders(HeaderNames.WWWAuthenticate, HeaderNames.RetryAfter, RequestIds.Header)
            .SetPreflightMaxAge(Remembered)));
        return services.AddSingleton<LiveKitCallers>();
    }
}
