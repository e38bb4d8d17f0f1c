using Dashboard.Core.LiveKit;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.LiveKit;

/// <summary>LiveKit's settings, under its own names and ours.</summary>
public sealed class LiveKitOptionsTests
{
    [Fact]
    public async Task Settings_are_read_under_livekits_names_and_our_own_win()
    {
        await using var app = Build(
            "--LIVEKIT_API_KEY=devkey", "--LIVEKIT_API_SECRET=secret", "--LIVEKIT_URL=ws://localhost:9999", "--LiveKit:Url=ws://127.0.0.1:7880");
        app.ValidateSettings();

        var options = app.Services.GetRequiredService<IOptions<LiveKitOptions>>().Value;
        Assert.Equal(("devkey", "secret", "ws://127.0.0.1:7880"), (options.ApiKey, options.ApiSecret, options.Url));
        Assert.True(options.IsConfigured);
    }

    [Fact]
    public async Task Nothing_is_open_and_nothing_configured_by_itself()
    {
        await using var app = Build();
        app.ValidateSettings();

        var options = app.Services.GetRequiredService<IOptions<LiveKitOptions>>().Value;
        Assert.Equal(("ws://localhost:7880", false), (options.Url, options.AllowAnonymous));
        Assert.Empty(options.Origins);
        Assert.Equal(["LiveKit:ApiKey (LIVEKIT_API_KEY)", "LiveKit:ApiSecret (LIVEKIT_API_SECRET)"], options.MissingSettings);
    }

    [Theory]
    [InlineData("LiveKit:Url", "localhost:7880", "LiveKit:Url")]
    [InlineData("LiveKit:Url", "ftp://localhost", "LiveKit:Url")]
    [InlineData("LiveKit:Url", "ws://user:pass@localhost", "LiveKit:Url")]
    [InlineData("LIVEKIT_API_KEY", "dev key", "LiveKit:ApiKey")]
    [InlineData("LIVEKIT_API_SECRET", " secret", "LiveKit:ApiSecret")]
    [InlineData("LiveKit:Origins:0", "https://meet.example.com/path", "LiveKit:Origins")]
    [InlineData("LiveKit:Origins:0", "*", "LiveKit:Origins")]
    [InlineData("LiveKit:MaximumLifetime", "366.00:00:00", "MaximumLifetime")]
    public async Task Wrong_one_ends_the_start_and_is_named(string name, string value, string named)
    {
        await using var app = Build($"--{name}={value}");

        Assert.Contains(named, Assert.Throws<StartupException>(app.ValidateSettings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("your-livekit-api-secret-goes-in-here-now")]
    public async Task Secret_that_anybody_could_guess_is_good_on_this_machine_alone(string secret)
    {
        await using var here = Build($"--LIVEKIT_API_SECRET={secret}", "--LIVEKIT_URL=ws://localhost:7880");
        await using var elsewhere = Build($"--LIVEKIT_API_SECRET={secret}", "--LIVEKIT_URL=wss://livekit.example.com");

        here.ValidateSettings();
        var refused = Assert.Throws<StartupException>(elsewhere.ValidateSettings).Message;
        Assert.Contains("LiveKit:ApiSecret", refused, StringComparison.Ordinal);
        Assert.DoesNotContain($"'{secret}'", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_is_not_shown_and_its_source_is()
    {
        await using var app = Build("--LIVEKIT_API_KEY=devkey", $"--LIVEKIT_API_SECRET={LiveKitBuilder.Secret}");

        var settings = app.Services.GetRequiredService<EffectiveSettings>().Read();
        Assert.DoesNotContain(settings, setting => $"{setting.Value}".Contains(LiveKitBuilder.Secret, StringComparison.Ordinal));
        var secret = settings.Single(setting => setting.Key == "LiveKit:ApiSecret");
        Assert.True(secret.IsSecret);
        Assert.Equal("LIVEKIT_API_SECRET", secret.Source.Alias);
        Assert.Equal("devkey", settings.Single(setting => setting.Key == "LiveKit:ApiKey").Value);
    }

    private static WebApplication Build(params string[] settings) =>
        SignetBuilder.Create(["--Logging:LogLevel:Default=None", .. settings]).Build();
}
