using Dashboard.Bearer;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Bearer;

/// <summary>Options with which an API would take what it must not.</summary>
public sealed class BearerOptionsTests
{
    [Fact]
    public void Good_options_pass() => Assert.True(new SignetBearerRules().Validate(null, Good()).Succeeded);

    [Theory]
    [InlineData("Issuer")]
    [InlineData("Audiences")]
    [InlineData("Algorithms")]
    [InlineData("ClientId")]
    [InlineData("AllowHttp")]
    [InlineData("ClockSkew")]
    [InlineData("PollInterval")]
    [InlineData("LongestSilence")]
    public void Fault_is_named_with_its_option(string option)
    {
        var options = Good();
        Action spoil = option switch
        {
            "Issuer" => () => options.Issuer = "signet",
            "Audiences" => options.Audiences.Clear,
            "Algorithms" => () => options.Algorithms.Add("HS256"),
            "ClientId" => () => options.ClientId = "",
            "AllowHttp" => () => options.Address = new Uri("http://signet:8001"),
            "ClockSkew" => () => options.ClockSkew = TimeSpan.FromMinutes(6),
            "PollInterval" => () => options.PollInterval = TimeSpan.Zero,
            _ => () => options.LongestSilence = TimeSpan.FromSeconds(1),
        };
        spoil();

        var result = new SignetBearerRules().Validate(null, options);

        Assert.Contains(option, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Address_of_plain_http_is_taken_from_this_machine_and_where_somebody_chose_so()
    {
        var options = Good();
        options.Address = new Uri("http://localhost:8001");
        Assert.True(new SignetBearerRules().Validate(null, options).Succeeded);

        (options.Address, options.AllowHttp) = (new Uri("http://signet:8001"), true);
        Assert.True(new SignetBearerRules().Validate(null, options).Succeeded);
    }

    [Fact]
    public void Second_call_is_a_bug() => Assert.Throws<InvalidOperationException>(
        () => new ServiceCollection().AddSignetBearer(static _ => { }).AddSignetBearer(static _ => { }));

    private static SignetBearerOptions Good()
    {
        SignetBearerOptions options = new() { Issuer = "https://signet.example.com", ClientId = "client-1", ClientSecret = "a secret" };
        options.Audiences.Add("https://api.example.com");
        return options;
    }
}
