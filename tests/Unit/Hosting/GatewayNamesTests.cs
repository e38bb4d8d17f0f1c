using Dashboard.Core.Clients;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Hosting;

/// <summary>Settings under the names of the MCP OAuth Gateway.</summary>
public sealed class GatewayNamesTests
{
    [Fact]
    public async Task Settings_are_read_under_the_gateways_names()
    {
        await using var app = Build(
            "--ACCESS_TOKEN_LIFETIME=2592000",
            "--REFRESH_TOKEN_LIFETIME=31536000",
            "--CLIENT_LIFETIME=0",
            "--TOKEN_BIND_IP=1",
            "--TOKEN_BIND_UA=True",
            "--TOKEN_BIND_CERT=false",
            "--JWT_ALGORITHM=es256",
            """--TOKEN_CUSTOM_CLAIMS={"tenant":"acme","level":3,"is_internal":true,"https://acme.example/x":"y"}""");
        app.ValidateSettings();

        var tokens = app.Services.GetRequiredService<IOptions<TokenOptions>>().Value;
        Assert.Equal(TimeSpan.FromDays(30), tokens.AccessTokenLifetime);
        Assert.Equal(TimeSpan.FromDays(365), tokens.RefreshTokenLifetime);
        Assert.True(tokens.BindAddress);
        Assert.True(tokens.BindUserAgent);
        Assert.Equal(KeyAlgorithm.ES256, app.Services.GetRequiredService<IOptions<KeyOptions>>().Value.Algorithm);
        Assert.Equal(TimeSpan.Zero, app.Services.GetRequiredService<IOptions<ClientOptions>>().Value.Lifetime);
        Assert.Equal(
            [("https://acme.example/x", "y"), ("is_internal", "true"), ("level", "3"), ("tenant", "acme")],
            tokens.ExtraClaims.Select(claim => (claim.Key, claim.Value)).OrderBy(claim => claim.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Our_own_name_wins()
    {
        await using var app = Build(
            "--ACCESS_TOKEN_LIFETIME=60",
            "--Tokens:AccessTokenLifetime=00:10:00",
            "--TOKEN_BIND_IP=true",
            "--Tokens:BindAddress=false",
            """--TOKEN_CUSTOM_CLAIMS={"tenant":"theirs"}""",
            "--Tokens:ExtraClaims:tenant=ours");

        var tokens = app.Services.GetRequiredService<IOptions<TokenOptions>>().Value;
        Assert.Equal((TimeSpan.FromMinutes(10), "ours"), (tokens.AccessTokenLifetime, tokens.ExtraClaims["tenant"]));
        Assert.False(tokens.BindAddress);
    }

    [Theory]
    [InlineData("ACCESS_TOKEN_LIFETIME", "1h")]
    [InlineData("ACCESS_TOKEN_LIFETIME", "0")]
    [InlineData("ACCESS_TOKEN_LIFETIME", "-1")]
    [InlineData("REFRESH_TOKEN_LIFETIME", "99999999999")]
    [InlineData("CLIENT_LIFETIME", "never")]
    [InlineData("TOKEN_CUSTOM_CLAIMS", "tenant=acme")]
    [InlineData("TOKEN_CUSTOM_CLAIMS", "[]")]
    [InlineData("TOKEN_CUSTOM_CLAIMS", "{\"tenant\":{\"name\":\"acme\"}}")]
    [InlineData("TOKEN_CUSTOM_CLAIMS", "{\"tenant\":null}")]
    [InlineData("TOKEN_BIND_IP", "yes")]
    [InlineData("TOKEN_BIND_UA", "2")]
    [InlineData("TOKEN_BIND_CERT", "true")]
    [InlineData("TOKEN_BIND_CERT", "1")]
    [InlineData("JWT_ALGORITHM", "none")]
    [InlineData("JWT_ALGORITHM", "0")]
    public async Task Value_that_cannot_be_read_ends_the_start_and_names_the_setting(string name, string value)
    {
        await using var app = Build($"--{name}={value}");

        var exception = Assert.Throws<StartupException>(app.ValidateSettings);

        Assert.StartsWith($"{name} must be ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(StartupException.WrongSetting, exception.ExitCode);
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("iph")]
    [InlineData("uah")]
    public async Task Claim_that_only_the_issuer_sets_is_refused_under_this_name_too(string claim)
    {
        await using var app = Build($$"""--TOKEN_CUSTOM_CLAIMS={"{{claim}}":"root"}""");

        Assert.Contains(claim, Assert.Throws<StartupException>(app.ValidateSettings).Message, StringComparison.Ordinal);
    }

    private static Microsoft.AspNetCore.Builder.WebApplication Build(params string[] settings) =>
        SignetBuilder.Create(["--Logging:LogLevel:Default=None", .. settings]).Build();
}
