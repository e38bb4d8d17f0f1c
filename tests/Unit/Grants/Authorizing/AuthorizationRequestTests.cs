using Dashboard.Core.Clients;
using Dashboard.Core.Grants.Authorizing;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Grants.Authorizing;

/// <summary>Which authorization requests a person is asked about, which the client is told of, and which nobody is led by.</summary>
public sealed class AuthorizationRequestTests : IAsyncLifetime
{
    private static readonly AuthorizationQuery Good = AskingClient.Query;

    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _core = await CoreHost.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["OAuth:ProtectedResources:0:Resource"] = "https://api.example.com/v1",
        });
        await _core.Services.RegisterAsync(AskingClient.Good);
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task Good_request_is_accepted_as_it_was_asked()
    {
        var request = await AcceptAsync(Good with { Resource = "https://api.example.com/v1" });

        Assert.Equal(
            (AskingClient.Redirect, "a state + more", AskingClient.Challenge, "https://api.example.com/v1", AuthorizationPrompt.Consent),
            (request.Target.RedirectUri, request.Target.State, request.CodeChallenge, request.Resource, request.Prompt));
        Assert.Equal(["read", "files:write"], request.Scopes);
    }

    [Fact]
    public async Task Request_without_scope_or_state_gets_the_clients_scopes_and_no_state()
    {
        var request = await AcceptAsync(Good with { Scope = null, State = null });

        Assert.Equal(AskingClient.Good.Scopes, request.Scopes);
        Assert.Null(request.Target.State);
    }

    [Theory]
    [InlineData(null, AskingClient.Redirect)]
    [InlineData("", AskingClient.Redirect)]
    [InlineData("client_other", AskingClient.Redirect)]
    [InlineData("CLIENT_ASKING", AskingClient.Redirect)]
    [InlineData(AskingClient.Id, null)]
    [InlineData(AskingClient.Id, "")]
    [InlineData(AskingClient.Id, "https://evil.test/")]
    [InlineData(AskingClient.Id, AskingClient.Redirect + "&z=1")]
    public async Task Unknown_client_or_address_leads_nowhere(string? client, string? redirect) =>
        Assert.IsType<AuthorizationCheck.Untrusted>(await CheckAsync(Good with { ClientId = client, RedirectUri = redirect }));

    [Theory]
    [InlineData("client_id")]
    [InlineData("redirect_uri")]
    public async Task Client_or_address_given_twice_leads_nowhere(string name) =>
        Assert.IsType<AuthorizationCheck.Untrusted>(await CheckAsync(Good with { Repeated = [name] }));

    [Fact]
    public async Task Client_that_may_not_act_leads_nowhere_and_the_person_learns_why()
    {
        var now = _core.Clock.GetUtcNow();
        await _core.Services.RegisterAsync(AskingClient.Good with { Id = "client_disabled", State = ClientState.Disabled });
        await _core.Services.RegisterAsync(AskingClient.Good with { Id = "client_pending", State = ClientState.Pending });
        await _core.Services.RegisterAsync(AskingClient.Good with { Id = "client_expired", ExpiresAt = now });
        await _core.Services.RegisterAsync(AskingClient.Good with { Id = "client_gone", Ended = new ClientEnding(ClientEndReason.Deleted, now, "alice") });

        Assert.Contains("not registered, or an administrator has disabled it", await UntrustedAsync("client_disabled"), StringComparison.Ordinal);
        Assert.Contains("waits for an administrator's approval", await UntrustedAsync("client_pending"), StringComparison.Ordinal);
        Assert.Contains("expired on", await UntrustedAsync("client_expired"), StringComparison.Ordinal);
        Assert.Contains("ended on", await UntrustedAsync("client_gone"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "invalid_request")]
    [InlineData("", "S256", "invalid_request")]
    [InlineData(AskingClient.Challenge, null, "invalid_request")]
    [InlineData(AskingClient.Challenge, "plain", "invalid_request")]
    [InlineData(AskingClient.Challenge, "s256", "invalid_request")]
    [InlineData(AskingClient.Challenge + "A", "S256", "invalid_request")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c", "S256", "invalid_request")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", "S256", "invalid_request")]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=", "S256", "invalid_request")]
    public async Task Only_PKCE_with_SHA_256_is_taken(string? challenge, string? method, string error) =>
        await AssertRefusedAsync(error, Good with { CodeChallenge = challenge, CodeChallengeMethod = method });

    [Theory]
    [InlineData(null, "invalid_request")]
    [InlineData("", "invalid_request")]
    [InlineData("token", "unsupported_response_type")]
    [InlineData("code id_token", "unsupported_response_type")]
    [InlineData("CODE", "unsupported_response_type")]
    public async Task Only_codes_are_answered(string? responseType, string error) =>
        await AssertRefusedAsync(error, Good with { ResponseType = responseType });

    [Theory]
    [InlineData("admin")]
    [InlineData("read admin")]
    [InlineData("*")]
    [InlineData("read\"")]
    [InlineData("read\0")]
    public async Task Scope_beyond_the_clients_is_refused(string scope) =>
        await AssertRefusedAsync("invalid_scope", Good with { Scope = scope });

    [Theory]
    [InlineData("https://other.example.com/")]
    [InlineData("https://api.example.com/v1#x")]
    [InlineData("/v1")]
    public async Task Resource_that_the_client_may_not_ask_for_is_refused(string resource) =>
        await AssertRefusedAsync("invalid_target", Good with { Resource = resource });

    [Fact]
    public async Task What_is_not_supported_is_refused_by_its_name()
    {
        await AssertRefusedAsync("invalid_request", Good with { ResponseMode = "form_post" });
        await AssertRefusedAsync("request_not_supported", Good with { HasRequestObject = true });
        await AssertRefusedAsync("request_uri_not_supported", Good with { HasRequestUri = true });
        await AssertRefusedAsync("invalid_request", Good with { Prompt = "none login" });
        await AssertRefusedAsync("invalid_request", Good with { Prompt = "create" });
        await AssertRefusedAsync("invalid_request", Good with { Repeated = ["scope"] });
        await AssertRefusedAsync("invalid_target", Good with { Repeated = ["resource"] });
    }

    [Fact]
    public async Task Client_that_is_not_registered_for_codes_is_refused()
    {
        await _core.Services.RegisterAsync(AskingClient.Good with { Id = "client_batch", GrantTypes = [GrantTypes.ClientCredentials] });

        await AssertRefusedAsync("unauthorized_client", Good with { ClientId = "client_batch" });
    }

    [Fact]
    public async Task State_that_cannot_be_given_back_as_it_was_is_not_given_back()
    {
        Assert.Equal(new string('x', 1_000), (await AcceptAsync(Good with { State = new string('x', 1_000) })).Target.State);
        foreach (var query in new[] { Good with { State = new string('x', 1_001) }, Good with { State = "a\nb" }, Good with { State = "é" }, Good with { Repeated = ["state"] } })
        {
            var refused = Assert.IsType<AuthorizationCheck.Refused>(await CheckAsync(query));
            Assert.Equal(("invalid_request", null), (refused.Error, refused.Target.State));
        }
    }

    [Theory]
    [InlineData(null, AuthorizationPrompt.Consent)]
    [InlineData("consent", AuthorizationPrompt.Consent)]
    [InlineData("none", AuthorizationPrompt.None)]
    [InlineData("login", AuthorizationPrompt.SignIn)]
    [InlineData("select_account consent", AuthorizationPrompt.SignIn)]
    public async Task Prompt_says_how_the_person_is_asked(string? prompt, AuthorizationPrompt expected) =>
        Assert.Equal(expected, (await AcceptAsync(Good with { Prompt = prompt })).Prompt);

    private Task<AuthorizationCheck> CheckAsync(AuthorizationQuery query) => _core.Get<AuthorizationRequests>().CheckAsync(query, Stop);

    private async Task<AuthorizationRequest> AcceptAsync(AuthorizationQuery query) =>
        Assert.IsType<AuthorizationCheck.Accepted>(await CheckAsync(query)).Request;

    private async Task<string> UntrustedAsync(string clientId) =>
        Assert.IsType<AuthorizationCheck.Untrusted>(await CheckAsync(Good with { ClientId = clientId })).Description;

    private async Task AssertRefusedAsync(string error, AuthorizationQuery query)
    {
        var refused = Assert.IsType<AuthorizationCheck.Refused>(await CheckAsync(query));
        Assert.Equal((error, Good.State), (refused.Error, refused.Target.State));

        // What error_description may hold (RFC 6749 section 4.1.2.1).
        Assert.All(refused.Description, letter => Assert.True(letter is >= ' ' and <= '~' and not ('"' or '\\')));
    }
}
