using System.Net;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Grants;
using Dashboard.Core.Grants.Authorizing;
using Dashboard.Core.Operators;
using Dashboard.Tests.Unit.Grants.Authorizing;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>The authorization endpoint over the whole program: what people see, and what clients are told.</summary>
public sealed class AuthorizeTests : IAsyncLifetime
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private WholeSignet _signet = null!;
    private OperatorAccount _anna = null!;
    private AuthorizeVisit _visit = null!;
    private string _cookie = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _signet = await WholeSignet.StartAsync();
        await _signet.Services.RegisterAsync(AskingClient.Good);
        _anna = await _signet.AddOperatorAsync("anna", Roles.Subject);
        _cookie = await _signet.SignInAsync(_anna);
        _visit = new AuthorizeVisit(_signet, _cookie);
    }

    public ValueTask DisposeAsync() => _signet.DisposeAsync();

    [Fact]
    public async Task Allowed_request_gives_a_code_with_state_and_issuer_and_the_code_gives_tokens_that_speak_for_the_person()
    {
        using var answer = await _visit.DecideAsync("allow", await _visit.ReadFormAsync());

        var told = AuthorizeVisit.AnswerTo(AskingClient.Redirect, answer);
        Assert.Equal(["code", "iss", "state"], told.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((AskingClient.Query.State, "http://localhost"), (told["state"], told["iss"]));
        var granted = Assert.IsType<GrantOutcome.Granted>(await _signet.Services.GetRequiredService<TokenGrants>().RedeemCodeAsync(
            AskingClient.Good, new CodeRedemption(told["code"], AskingClient.Redirect, Verifier, null, RequestOrigin.None), Stop));
        Assert.Equal(["read", "files:write"], granted.Scopes);
        var audit = Assert.Single((await _signet.Services.GetRequiredService<AuditLog>()
            .ListAsync(new AuditFilter(Action: "consent.granted"), null, 10, Stop)).Items);
        Assert.Equal(("anna", AskingClient.Id), (audit.Entry.Who.Name, audit.Entry.ObjectId));
        Assert.Contains("files:write", audit.Entry.After, StringComparison.Ordinal);
        Assert.Equal("user:anna", (await EventAsync(EventKinds.ConsentGranted)).Subject);
    }

    [Fact]
    public async Task Denied_request_tells_the_client_and_gives_nothing()
    {
        using var answer = await _visit.DecideAsync("deny", await _visit.ReadFormAsync());

        var told = AuthorizeVisit.AnswerTo(AskingClient.Redirect, answer);
        Assert.Equal(("access_denied", AskingClient.Query.State, "http://localhost"), (told["error"], told["state"], told["iss"]));
        Assert.DoesNotContain("code", told.Keys);
        Assert.Equal("access_denied", (await EventAsync(EventKinds.ConsentDenied)).Code);
        Assert.NotEmpty((await _signet.Services.GetRequiredService<AuditLog>()
            .ListAsync(new AuditFilter(Action: "consent.denied"), null, 10, Stop)).Items);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_signs_in_and_comes_back()
    {
        using var answer = await new AuthorizeVisit(_signet, null).OpenAsync();

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(
            "/login?returnUrl=" + Uri.EscapeDataString(AuthorizeVisit.AddressOf(AskingClient.Query)),
            answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("client_other", AskingClient.Redirect)]
    [InlineData(AskingClient.Id, "https://evil.test/back")]
    public async Task Unknown_client_or_address_shows_a_page_and_leads_nowhere(string client, string redirect)
    {
        using var answer = await new AuthorizeVisit(_signet, null).OpenAsync(
            AskingClient.Query with { ClientId = client, RedirectUri = redirect });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("This request is not answered", html, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.test", html, StringComparison.Ordinal);
        Assert.Equal(answer.Headers.GetValues("X-Request-ID").Single(), (await EventAsync(EventKinds.AuthorizationRefused)).Origin.RequestId);
    }

    [Fact]
    public async Task Request_that_cannot_be_granted_tells_the_client_and_asks_nobody()
    {
        using var answer = await new AuthorizeVisit(_signet, null).OpenAsync(AskingClient.Query with { Scope = "admin" });

        var told = AuthorizeVisit.AnswerTo(AskingClient.Redirect, answer);
        Assert.Equal(("invalid_scope", AskingClient.Query.State, "http://localhost"), (told["error"], told["state"], told["iss"]));
        Assert.DoesNotContain("admin", told["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_that_is_given_twice_tells_the_client_which_the_address_cannot_change()
    {
        var address = AuthorizeVisit.AddressOf(AskingClient.Query);
        using var twice = await _signet.GetPageAsync(address + "&scope=read", _cookie);
        using var elsewhere = await _signet.GetPageAsync(address + "&redirect_uri=" + Uri.EscapeDataString(AskingClient.Redirect), _cookie);

        Assert.Equal("invalid_request", AuthorizeVisit.AnswerTo(AskingClient.Redirect, twice)["error"]);
        Assert.Equal((HttpStatusCode.BadRequest, null), (elsewhere.StatusCode, elsewhere.Headers.Location));
    }

    [Fact]
    public async Task Prompt_none_shows_nothing_and_prompt_login_asks_to_sign_in_again_once()
    {
        var silent = AskingClient.Query with { Prompt = "none" };
        using var stranger = await new AuthorizeVisit(_signet, null).OpenAsync(silent);
        using var known = await _visit.OpenAsync(silent);
        using var again = await _visit.OpenAsync(AskingClient.Query with { Prompt = "login" });

        Assert.Equal("login_required", AuthorizeVisit.AnswerTo(AskingClient.Redirect, stranger)["error"]);
        Assert.Equal("consent_required", AuthorizeVisit.AnswerTo(AskingClient.Redirect, known)["error"]);
        Assert.Equal(
            "/login?reason=again&returnUrl=" + Uri.EscapeDataString(AuthorizeVisit.AddressOf(AskingClient.Query)),
            again.Headers.Location?.OriginalString);
        using var login = await _signet.GetPageAsync(again.Headers.Location!.OriginalString, _cookie);
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_led_to_a_client_that_nobody_vouches_for_but_by_a_link_on_our_page()
    {
        var stranger = AskingClient.Good with { Id = "client_stranger", Origin = ClientOrigin.SelfRegistered };
        await _signet.Services.RegisterAsync(stranger);
        await _signet.Services.RegisterAsync(stranger with { Id = "client_checked", IsVerified = true });
        var wrong = AskingClient.Query with { ClientId = "client_stranger", ResponseType = "x" };
        var silent = AskingClient.Query with { ClientId = "client_stranger", Prompt = "none" };

        using var nobody = await new AuthorizeVisit(_signet, null).OpenAsync(wrong);
        using var nobodySilent = await new AuthorizeVisit(_signet, null).OpenAsync(silent);
        using var nobodySilentAndWrong = await new AuthorizeVisit(_signet, null).OpenAsync(wrong with { Prompt = "none" });
        using var anna = await _visit.OpenAsync(wrong);
        using var annaSilent = await _visit.OpenAsync(silent);
        using var known = await new AuthorizeVisit(_signet, null).OpenAsync(wrong with { ClientId = "client_checked" });

        Assert.StartsWith("/login?", nobody.Headers.Location?.OriginalString, StringComparison.Ordinal);
        await AssertLinkAsync(nobodySilent, "login_required");
        await AssertLinkAsync(nobodySilentAndWrong, "unsupported_response_type");
        await AssertLinkAsync(anna, "unsupported_response_type");
        await AssertLinkAsync(annaSilent, "consent_required");
        Assert.Equal("unsupported_response_type", AuthorizeVisit.AnswerTo(AskingClient.Redirect, known)["error"]);

        async Task AssertLinkAsync(HttpResponseMessage answer, string error)
        {
            var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
            Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
            Assert.Contains("<strong><bdi>app.example.com</bdi></strong>", html, StringComparison.Ordinal);
            Assert.Contains($"href=\"{AskingClient.Redirect}&error={error}&", html, StringComparison.Ordinal);
            await Eventually.TrueAsync(async () => await _signet.Services.GetRequiredService<EventLog>()
                .FindByRequestAsync(answer.Headers.GetValues("X-Request-ID").Single(), Stop) is { Client: "client_stranger" });
        }
    }

    [Theory]
    [InlineData("read%0D%0Afiles:write")]
    [InlineData("read,files:write")]
    [InlineData("read%20%20files:write")]
    [InlineData("read%09files:write")]
    public async Task Scope_is_read_here_as_strictly_as_where_tokens_are_issued(string scope)
    {
        var address = AuthorizeVisit.AddressOf(AskingClient.Query with { Scope = null });
        using var answer = await _signet.GetPageAsync($"{address}&scope={scope}", _cookie);

        Assert.Equal("invalid_scope", AuthorizeVisit.AnswerTo(AskingClient.Redirect, answer)["error"]);
    }

    [Fact]
    public async Task Page_shows_the_client_as_data_cannot_be_framed_and_leads_to_the_client_alone()
    {
        await _signet.Services.RegisterAsync(AskingClient.Good with
        {
            Id = "client_sly",
            Name = "<script>alert(1)</script>\u202Egpj",
            Origin = ClientOrigin.SelfRegistered,
        });
        using var answer = await _visit.OpenAsync(AskingClient.Query with { ClientId = "client_sly" });

        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;\\u{202E}gpj</bdi>", html, StringComparison.Ordinal);
        Assert.Contains("client_sly", html, StringComparison.Ordinal);
        Assert.Contains("Unverified", html, StringComparison.Ordinal);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://app.example.com;", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Verified_client_is_not_called_unverified()
    {
        await _signet.Services.RegisterAsync(AskingClient.Good with { Id = "client_ours", IsVerified = true });
        using var answer = await _visit.OpenAsync(AskingClient.Query with { ClientId = "client_ours" });

        Assert.DoesNotContain("Unverified", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_like_ours_that_a_client_gave_itself_is_pointed_out()
    {
        await _signet.Services.RegisterAsync(AskingClient.Good with { Id = "client_alike", Name = "S1gnet", Origin = ClientOrigin.SelfRegistered });
        await _signet.Services.RegisterAsync(AskingClient.Good with { Id = "client_given", Name = "Signet CLI" });
        using var alike = await _visit.OpenAsync(AskingClient.Query with { ClientId = "client_alike" });
        using var given = await _visit.OpenAsync(AskingClient.Query with { ClientId = "client_given" });

        var html = await alike.Content.ReadAsStringAsync(Stop);
        Assert.All(
            ["This is not Signet", "Name like Signet", "Self-registered"], text => Assert.Contains(text, html, StringComparison.Ordinal));
        Assert.DoesNotContain("This is not Signet", await given.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("fingerprint")]
    [InlineData("challenge")]
    [InlineData("__RequestVerificationToken")]
    public async Task Copied_cookie_without_the_browsers_key_allows_nothing(string field)
    {
        var form = await _visit.ReadFormAsync();
        form[field] = form[field][..^6] + "AAAAAA";
        using var answer = await _visit.DecideAsync("allow", form);

        await AssertNothingAllowedAsync(answer);
    }

    [Fact]
    public async Task Form_is_good_once_for_its_own_request_and_its_own_session()
    {
        var form = await _visit.ReadFormAsync();
        var other = AskingClient.Query with { Scope = "files:delete" };
        await AssertNothingAllowedAsync(await _visit.DecideAsync("allow", form, other), other);
        await AssertNothingAllowedAsync(await _visit.DecideAsync("allow", form, session: await _signet.SignInAsync(_anna)));
        using var first = await _visit.DecideAsync("allow", form);
        using var second = await _visit.DecideAsync("allow", form);

        Assert.Contains("code=", first.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(AuthorizeVisit.AddressOf(AskingClient.Query), second.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Form_of_another_site_or_of_nobody_allows_nothing()
    {
        var form = await _visit.ReadFormAsync();
        using var foreign = await _visit.DecideAsync("allow", form, origin: "https://evil.test");
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);

        using var nobody = await new AuthorizeVisit(_signet, null).DecideAsync("allow", form);
        await AssertNothingAllowedAsync(nobody);
    }

    [Fact]
    public async Task Whoever_must_change_their_password_does_so_first_and_comes_back()
    {
        await _signet.Services.GetRequiredService<OperatorChanges>().ApplyAsync(_anna.Id, found => found with { MustChangePassword = true }, null, Stop);
        using var answer = await _visit.OpenAsync();

        Assert.Equal(
            "/change-password?returnUrl=" + Uri.EscapeDataString(AuthorizeVisit.AddressOf(AskingClient.Query)),
            answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Subject_operates_nothing_and_begins_with_their_account()
    {
        using var home = await _signet.GetPageAsync("/", _cookie);
        using var tokens = await _signet.GetPageAsync("/tokens", _cookie);
        using var account = await _signet.GetPageAsync("/account", _cookie);

        Assert.Equal((HttpStatusCode.SeeOther, "/account"), (home.StatusCode, home.Headers.Location?.OriginalString));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (tokens.StatusCode, account.StatusCode));
    }

    private async Task AssertNothingAllowedAsync(HttpResponseMessage answer, AuthorizationQuery? query = null)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Equal(AuthorizeVisit.AddressOf(query ?? AskingClient.Query), answer.Headers.Location?.OriginalString);
        }

        Assert.Empty((await _signet.Services.GetRequiredService<AuditLog>()
            .ListAsync(new AuditFilter(Action: "consent.granted"), null, 10, Stop)).Items);
    }

    private async Task<SecurityEvent> EventAsync(string kind)
    {
        var events = _signet.Services.GetRequiredService<EventLog>();
        IReadOnlyList<SecurityEvent> found = [];
        await Eventually.TrueAsync(async () => (found = await events.ReadNewestAsync(kind, 1, Stop)).Count == 1);
        return found[0];
    }
}
