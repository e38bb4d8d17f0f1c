using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Clients;

public sealed class ClientOptionsTests
{
    [Theory]
    [InlineData(null, null, 90 * 24 * 60 * 60)]
    [InlineData("3600", null, 3_600)]
    [InlineData("0", null, 0)]
    [InlineData("3600", "00:00:07", 7)]
    public async Task The_lifetime_has_another_name_that_its_own_overrides(string? alias, string? own, int seconds)
    {
        await using var host = CoreHost.Create(Settings(alias, own));

        Assert.Equal(TimeSpan.FromSeconds(seconds), host.Get<IOptions<ClientOptions>>().Value.Lifetime);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("90 days")]
    [InlineData("999999999")]
    public async Task A_lifetime_that_is_none_is_named(string alias)
    {
        await using var host = CoreHost.Create(Settings(alias, null));

        var fault = Assert.Throws<OptionsValidationException>(() => host.Get<IOptions<ClientOptions>>().Value);

        Assert.Contains($"CLIENT_LIFETIME must be seconds from 0, for ever, to 315360000, but was '{alias}'.", fault.Failures);
    }

    [Theory]
    [InlineData("30.00:00:00", true)]
    [InlineData("29.00:00:00", false)]
    public async Task A_tombstone_outlives_every_token(string retention, bool isGood)
    {
        await using var host = CoreHost.Create(new Dictionary<string, string?>
        {
            ["Clients:TombstoneRetention"] = retention,
            ["Tokens:MaximumLifetime"] = "30.00:00:00",
        });

        var fault = Record.Exception(() => host.Get<IOptions<ClientOptions>>().Value);

        Assert.Equal(isGood, fault is null);
        Assert.True(isGood || fault!.Message.Contains("TombstoneRetention is shorter than Tokens:MaximumLifetime", StringComparison.Ordinal));
    }

    private static Dictionary<string, string?> Settings(string? alias, string? own)
    {
        Dictionary<string, string?> settings = new() { [ClientLifetimeAlias.Setting] = alias };
        if (own is not null)
        {
            settings["Clients:Lifetime"] = own;
        }

        return settings;
    }
}
