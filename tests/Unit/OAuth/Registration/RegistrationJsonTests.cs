using Dashboard.Core.Clients.Registration;
using Dashboard.OAuth.Registration;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.OAuth.Registration;

public sealed class RegistrationJsonTests
{
    private static readonly DateTimeOffset Start = LedgerRows.Start;

    [Theory]
    [InlineData(null, "never", 0)]
    [InlineData(null, "3", 3)]
    [InlineData(2, "never", 2)]
    [InlineData(2, "3", 2)]
    [InlineData(4, "3", 3)]
    [InlineData(9, "3 5", 5)]
    [InlineData(9, "3 never", 9)]
    [InlineData(9, "", 9)]
    public void A_secret_ends_with_its_registration_or_before(int? registration, string secrets, int expected)
    {
        var client = ClientBuilder.Client() with
        {
            ExpiresAt = registration is { } days ? Start.AddDays(days) : null,
            Secrets =
            [
                .. secrets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text =>
                    ClientBuilder.Secret(text) with { ExpiresAt = int.TryParse(text, out var end) ? Start.AddDays(end) : null }),
            ],
        };

        var json = RegistrationJson.Of(new RegistrationOutcome.Registered(client, null, "token"), "https://signet.example.com");

        Assert.Equal(expected is 0 ? 0 : Start.AddDays(expected).ToUnixTimeSeconds(), json.ClientSecretExpiresAt);
    }
}
