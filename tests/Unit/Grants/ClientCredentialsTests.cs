using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Grants;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Grants;

public sealed class ClientCredentialsTests : IAsyncLifetime
{
    private GrantCore _core = null!;

    public async ValueTask InitializeAsync() => _core = await GrantCore.StartAsync(settings: ("Tokens:MaximumLifetime", "02:00:00"));

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Token_speaks_for_the_client_as_its_registration_says()
    {
        var client = GrantCore.App with
        {
            AccessTokenLifetime = TimeSpan.FromMinutes(5),
            ExtraClaims = """{"tenant":{"id":7}}""",
        };

        var granted = Assert.IsType<GrantOutcome.Granted>(await _core.AskAsync(client, ["files:read"], GrantCore.Api));

        Assert.Equal((TimeSpan.FromMinutes(5), (string?)null), (granted.ExpiresIn, granted.RefreshToken));
        Assert.Equal(["files:read"], granted.Scopes);
        var accepted = Assert.IsType<TokenVerdict.Accepted>(
            await _core.Host.ValidateAsync(granted.AccessToken, new ValidationContext { Audience = GrantCore.Api })).Token;
        Assert.Equal((granted.TokenId, "client_app", "client_app"), (accepted.TokenId, accepted.Subject, accepted.Client!));
        Assert.Equal("""{"id":7}""", accepted.Claims.GetProperty("tenant").GetRawText());
        Assert.False(accepted.Claims.TryGetProperty("username", out _));
        var row = await _core.Host.RowAsync(granted.TokenId);
        Assert.Equal((TokenKind.Access, "client:client_app", (string?)null), (row.Kind, row.IssuedBy, row.Family));
    }

    [Fact]
    public async Task No_token_lives_longer_than_the_policy()
    {
        var granted = Assert.IsType<GrantOutcome.Granted>(
            await _core.AskAsync(GrantCore.App with { AccessTokenLifetime = TimeSpan.FromDays(300) }));

        Assert.Equal(TimeSpan.FromHours(2), granted.ExpiresIn);
    }

    [Fact]
    public async Task Public_or_unregistered_client_gets_nothing_and_the_refusal_is_recorded()
    {
        GrantCore.AssertRefused(
            GrantError.UnauthorizedClient, await _core.AskAsync(GrantCore.App with { AuthMethod = ClientAuthMethod.None }));
        GrantCore.AssertRefused(
            GrantError.UnauthorizedClient,
            await _core.AskAsync(GrantCore.App with { GrantTypes = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken] }));
        GrantCore.AssertRefused(GrantError.InvalidScope, await _core.AskAsync(GrantCore.App, ["admin"]));
        GrantCore.AssertRefused(GrantError.InvalidTarget, await _core.AskAsync(GrantCore.App, [], "https://x.example.com"));

        var refusals = await _core.EventsAsync(EventKinds.GrantRefused);
        Assert.Equal(
            ["invalid_target", "invalid_scope", "unauthorized_client", "unauthorized_client"], refusals.Select(item => item.Code));
        Assert.All(refusals, item => Assert.Equal(("client_app", GrantCore.Origin), (item.Client!, item.Origin)));
    }

    [Fact]
    public async Task Why_no_token_can_be_issued_stands_in_the_event_and_not_in_the_answer()
    {
        var claims = $$"""{"big":"{{new string('x', 5_000)}}"}""";

        var refused = Assert.IsType<GrantOutcome.Refused>(await _core.AskAsync(GrantCore.App with { ExtraClaims = claims }));

        Assert.DoesNotContain("claims", refused.Description, StringComparison.Ordinal);
        var refusal = Assert.Single(await _core.EventsAsync(EventKinds.GrantRefused));
        Assert.Contains("claims must have at most", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operator:root")]
    [InlineData("user:anna")]
    [InlineData("User:anna")]
    public async Task A_client_that_is_called_like_a_person_gets_nothing(string id) =>
        GrantCore.AssertRefused(GrantError.InvalidRequest, await _core.AskAsync(GrantCore.App with { Id = id }));
}
