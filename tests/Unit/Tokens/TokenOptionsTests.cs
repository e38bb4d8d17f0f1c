using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Tokens;

/// <summary>Wrong settings stop the start and are named.</summary>
public sealed class TokenOptionsTests
{
    [Theory]
    [InlineData("Tokens:ClockSkew", "00:01:01", "ClockSkew")]
    [InlineData("Tokens:ClockSkew", "-00:00:01", "ClockSkew")]
    [InlineData("Tokens:MaximumLifetime", "366.00:00:00", "MaximumLifetime")]
    [InlineData("Tokens:AccessTokenLifetime", "31.00:00:00", "AccessTokenLifetime")]
    [InlineData("Tokens:MaximumLifetime", "00:30:00", "OperatorTokenLifetime")]
    [InlineData("Tokens:LedgerRetention", "00:01:00", "LedgerRetention")]
    [InlineData("Tokens:ExtraClaims:SUB", "admin", "Tokens:ExtraClaims:SUB")]
    [InlineData("Signet:Issuer", "signet.example.com", "Signet:Issuer")]
    [InlineData("Signet:Issuer", "ftp://signet.example.com", "Signet:Issuer")]
    [InlineData("Signet:Issuer", "https://signet.example.com/?a=b", "Signet:Issuer")]
    [InlineData("Signet:Issuer", "https://signet.example.com/#a", "Signet:Issuer")]
    [InlineData("Signet:Audience", "", "Audience")]
    [InlineData("Signet:ProblemBase", "problems", "Signet:ProblemBase")]
    [InlineData("Storage:Kind", "mysql", "Storage:Kind")]
    [InlineData("Keys:RsaBits", "1024", "RsaBits")]
    [InlineData("Keys:Algorithm", "7", "Keys:Algorithm")]
    [InlineData("Events:Retention", "00:00:00", "Retention")]
    [InlineData("Scopes:Hierarchy:a:0", "a", "Scopes:Hierarchy")]
    public async Task Start_with_a_wrong_setting_names_it(string setting, string value, string named)
    {
        await using var host = CoreHost.Create(new Dictionary<string, string?> { [setting] = value });

        var refused = Assert.ThrowsAny<Exception>(() => host.Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(named, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_with_the_defaults_is_fine()
    {
        await using var host = CoreHost.Create();

        host.Services.GetRequiredService<IStartupValidator>().Validate();
    }
}
