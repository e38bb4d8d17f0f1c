using Dashboard.Core.Access;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Scopes;
using Dashboard.Core.Storage;
using Dashboard.Hosting;
using Dashboard.Hosting.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Hosting.Settings;

/// <summary>What is in effect, where that comes from, and that no secret is in it.</summary>
public sealed class EffectiveSettingsTests
{
    private const string Planted = "planted-secret-of-32-characters-x";

    [Fact]
    public async Task Every_setting_of_every_options_class_is_described()
    {
        var builder = SignetBuilder.Create([]);
        var bound = builder.Services.Where(service => service.ServiceType.IsGenericType
                && service.ServiceType.GetGenericTypeDefinition() is var open
                && (open == typeof(IConfigureOptions<>) || open == typeof(IValidateOptions<>) || open == typeof(IPostConfigureOptions<>)))
            .Select(service => service.ServiceType.GetGenericArguments()[0])
            .Where(type => type.Assembly == typeof(SignetBuilder).Assembly || type.Assembly == typeof(StorageOptions).Assembly)
            .Where(type => type != typeof(GatewaySettings))
            .Distinct()
            .ToList();
        await using var app = builder.Build();
        var groups = app.Services.GetServices<SettingGroup>().ToList();

        Assert.Contains(typeof(StorageOptions), bound);
        Assert.Empty(bound.Except(groups.Select(group => group.Options!)).Select(type => type.Name));
        Assert.Empty(groups.Where(group => group.Options is not null).SelectMany(group => MissingIn(group.Options!, group.Settings)));
        Assert.Empty(MissingIn(typeof(TrustedIssuerOptions), MembersOf(groups, nameof(TrustedIssuersOptions.TrustedIssuers))));
        Assert.Empty(MissingIn(typeof(ProtectedResource), MembersOf(groups, nameof(ProtectedResourceOptions.ProtectedResources))));
    }

    [Fact]
    public async Task Every_setting_says_what_it_is_for_in_a_sentence()
    {
        await using var app = Build();

        var settings = Read(app);

        Assert.All(settings, setting => Assert.Matches("^[A-Z][^.]*.*\\.$", setting.Description));
        Assert.Equal(settings.Count, settings.Select(setting => setting.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task What_nobody_set_is_the_default()
    {
        await using var app = Build();

        var skew = Read(app, "Tokens:ClockSkew");
        Assert.Equal(("00:00:30", "00:00:30", "default", false), (skew.Value, skew.Default, skew.Source.ToString(), skew.DiffersFromDefault));
        Assert.Equal("the first address it listens on", Read(app, "Signet:Issuer").Default);
        Assert.Equal(SignetDefaults.DefaultAddress, Read(app, "urls").Value);
        Assert.Equal(SettingSourceKind.Default, Read(app, "urls").Source.Kind);
        Assert.Equal("Tokens__ClockSkew", skew.EnvironmentName);
    }

    [Fact]
    public async Task Address_that_nobody_chose_is_the_default_whatever_else_was_chosen()
    {
        await using var app = Build("--Tokens:ClockSkew=00:00:10");

        Assert.Equal((SignetDefaults.DefaultAddress, "default"), Told(app, "urls"));
    }

    [Fact]
    public async Task Command_line_is_named()
    {
        await using var app = Build("--Tokens:ClockSkew=00:00:10", "--OAuth:ProtectedResources:0:Resource=https://api.example.com", "--OAuth:ProtectedResources:0:Scopes:0=a", "--OAuth:ProtectedResources:0:Scopes:1=b");

        var skew = Read(app, "Tokens:ClockSkew");
        Assert.Equal(("00:00:10", "00:00:30", SettingSourceKind.CommandLine, true), (skew.Value, skew.Default, skew.Source.Kind, skew.DiffersFromDefault));
        var scopes = Read(app, "OAuth:ProtectedResources:0:Scopes");
        Assert.Equal(("a, b", SettingSourceKind.CommandLine), (scopes.Value, scopes.Source.Kind));
    }

    [Fact]
    public async Task File_is_named()
    {
        await using var app = Build();

        Assert.Equal("appsettings.json", Read(app, "Logging:LogLevel").Source.Name);
    }

    [Fact]
    public async Task Environment_variable_is_named_as_it_is_written()
    {
        Environment.SetEnvironmentVariable("circuits__TOTAL", "999");
        try
        {
            await using var app = Build();

            var total = Read(app, "Circuits:Total");
            Assert.Equal(("999", "environment variable circuits__TOTAL"), (total.Value, total.Source.ToString()));
        }
        finally
        {
            Environment.SetEnvironmentVariable("circuits__TOTAL", null);
        }
    }

    [Fact]
    public async Task Names_of_others_are_told_and_our_own_wins()
    {
        await using var app = Build("--ACCESS_TOKEN_LIFETIME=60", "--REFRESH_TOKEN_LIFETIME=60", "--Tokens:RefreshTokenLifetime=00:05:00", "--AGENT_HEARTBEAT_TIMEOUT=30", "--CLIENT_LIFETIME=0");

        Assert.Equal(("00:01:00", "command line, as ACCESS_TOKEN_LIFETIME"), Told(app, "Tokens:AccessTokenLifetime"));
        Assert.Equal(("00:05:00", "command line"), Told(app, "Tokens:RefreshTokenLifetime"));
        Assert.Equal(("00:00:30", "command line, as AGENT_HEARTBEAT_TIMEOUT"), Told(app, "Agents:HeartbeatTimeout"));
        Assert.Equal(("00:00:00", "command line, as CLIENT_LIFETIME"), Told(app, "Clients:Lifetime"));
    }

    [Fact]
    public async Task No_secret_is_in_it_wherever_it_stands()
    {
        string[] secrets = ["SIGNET_MASTER_KEY", "JWT_SECRET", "JWT_PRIVATE_KEY_B64", "SIGNET_CLIENT_SECRET", "SIGNET_ADMIN_PASSWORD", "AGENT_KEYS", "Keys:TrustedIssuers:0:Secret", "Telemetry:Headers"];
        await using var app = Build(
        [
            .. secrets.Select(name => $"--{name}={(name is "Telemetry:Headers" ? "key=" : "")}{Planted}"),
            "--Keys:TrustedIssuers:0:Issuer=https://login.example.com",
            "--Keys:TrustedIssuers:0:Audiences:0=api",
            "--Keys:TrustedIssuers:0:Algorithms:0=HS256",
            $"--Signet:ProblemBase=https://user:{Planted}@docs.example.com/",
            $"--Storage:Redis=redis.example.com:6379,password={Planted},ssl=true,user=signet,unknown={Planted}",
        ]);

        var settings = Read(app);

        Assert.DoesNotContain(settings, setting => setting.ToString().Contains(Planted, StringComparison.Ordinal));
        Assert.All(secrets, name => Assert.Equal((true, ClaimMask.Mask, true), (Read(app, name).IsSecret, Read(app, name).Value, Read(app, name).DiffersFromDefault)));
        Assert.Equal($"redis.example.com:6379,password={ClaimMask.Mask},ssl=true,user=signet,unknown={ClaimMask.Mask}", Read(app, "Storage:Redis").Value);
        Assert.Equal($"https://{ClaimMask.Mask}@docs.example.com/", Read(app, "Signet:ProblemBase").Value);
    }

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY----- " + Planted, nameof(SettingSecrecy.Open))]
    [InlineData("https://" + Planted + "@keys.example.com/jwks", nameof(SettingSecrecy.Open))]
    [InlineData("redis://:" + Planted + "@redis.example.com", nameof(SettingSecrecy.Connection))]
    [InlineData("redis://:" + Planted + "=x@redis.example.com", nameof(SettingSecrecy.Connection))]
    [InlineData("host:6379, PASSWORD = " + Planted, nameof(SettingSecrecy.Connection))]
    [InlineData("host:6379,password=a=" + Planted, nameof(SettingSecrecy.Connection))]
    [InlineData(Planted, nameof(SettingSecrecy.Secret))]
    public void Secret_in_a_value_is_masked(string value, string secrecy)
    {
        var shown = SettingValues.Show(value, Enum.Parse<SettingSecrecy>(secrecy));

        Assert.DoesNotContain(Planted, shown, StringComparison.Ordinal);
        Assert.Contains(ClaimMask.Mask, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_that_is_not_set_says_so()
    {
        await using var app = Build();

        var secret = Read(app, "JWT_SECRET");

        Assert.Equal((true, null, false), (secret.IsSecret, secret.Value, secret.DiffersFromDefault));
    }

    [Fact]
    public async Task What_nobody_described_is_not_shown()
    {
        var builder = SignetBuilder.Create([$"--Storage:RedisPrefix={Planted}"]);
        builder.Services.AddSingleton(new SettingGroup("New", "New", typeof(StorageOptions), []));
        await using var app = builder.Build();

        Assert.DoesNotContain(Read(app), setting => setting.Group == "New" && !setting.IsSecret);
    }

    private static WebApplication Build(params string[] settings) =>
        SignetBuilder.Create(settings).Build();

    private static IReadOnlyList<EffectiveSetting> Read(WebApplication app) => app.Services.GetRequiredService<EffectiveSettings>().Read();

    private static EffectiveSetting Read(WebApplication app, string key) => Read(app).Single(setting => setting.Key == key);

    private static (string? Value, string Source) Told(WebApplication app, string key) => (Read(app, key).Value, Read(app, key).Source.ToString());

    private static IReadOnlyList<SettingText> MembersOf(IEnumerable<SettingGroup> groups, string member) =>
        groups.SelectMany(group => group.Settings).Single(text => text.Member == member).Members!;

    private static IEnumerable<string> MissingIn(Type options, IReadOnlyList<SettingText> texts) =>
        EffectiveSettings.SettingsOf(options).Select(property => property.Name).Except(texts.Select(text => text.Member))
            .Select(name => $"{options.Name}.{name}");
}
