using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Hosting;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Access;

/// <summary>
/// Walks every endpoint and every page with every role and with none. What is not in the table below fails: whoever adds one
/// says here whom it is for.
/// </summary>
public sealed partial class RoleWalkTests : IAsyncLifetime
{
    private static readonly string[] Everybody = [.. Roles.All, ""];
    private static readonly string[] AnyAccount = [.. Roles.All];
    private static readonly string[] AnyOperator = [Roles.Administrator, Roles.Reviewer, Roles.Support];


    // Agents' tokens open these; one of an operator is the wrong kind of token.
    private static readonly string[] AgentsAlone = ["agent"];

    private WholeSignet _signet = null!;
    private Dictionary<string, OperatorAccount> _operators = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Whom each endpoint is for, as the specification says it: roles, "" for those who are nobody.</summary>
    private static readonly Dictionary<string, string[]> Endpoints = new(StringComparer.Ordinal)
    {
        ["GET /healthz"] = Everybody,
        ["GET /readyz"] = Everybody,
        ["GET /.well-known/jwks.json"] = Everybody,
        ["GET /.well-known/oauth-authorization-server"] = Everybody,
        ["GET /.well-known/openid-configuration"] = Everybody,
        ["GET /.well-known/oauth-protected-resource/{**path}"] = Everybody,
        ["POST /oauth/token"] = Everybody,
        ["POST /oauth/introspect"] = Everybody,
        ["POST /oauth/revoke"] = Everybody,
        ["POST /oauth/revocations"] = Everybody,
        ["POST /oauth/presentations"] = Everybody,
        ["GET /verify"] = Everybody,
        ["POST /verify"] = Everybody,
        ["GET /verify/request"] = Everybody,
        ["POST /verify/request"] = Everybody,
        ["PUT /verify/request"] = Everybody,
        ["PATCH /verify/request"] = Everybody,
        ["DELETE /verify/request"] = Everybody,
        ["OPTIONS /verify/request"] = Everybody,
        ["POST /auth/login"] = Everybody,
        ["POST /auth/validate"] = Everybody,
        ["POST /auth/authorize"] = Everybody,
        ["GET /tokens/validate"] = Everybody,
        ["POST /tokens/validate"] = Everybody,
        ["POST /oauth/authorize"] = Everybody,
        ["POST /oauth/register"] = Everybody,
        ["GET /oauth/register/{clientId}"] = Everybody,
        ["PUT /oauth/register/{clientId}"] = Everybody,
        ["DELETE /oauth/register/{clientId}"] = Everybody,
        ["POST /logout"] = Everybody,
        ["POST /login/passkey"] = Everybody,
        ["POST /session/proof"] = Everybody,
        ["POST /session/proof/passkey"] = Everybody,
        ["POST /auth/logout"] = AnyAccount,
        ["GET /auth/session_status"] = AnyAccount,
        ["POST /tokens/mint"] = ["administrator"],
        ["GET /api/token"] = ["administrator"],
        ["POST /tokens/refresh"] = AnyAccount,
        ["POST /auth/agent/request_temp_token"] = Everybody,
        ["POST /auth/temp-token"] = Everybody,
        ["POST /auth/agent/validate_compliance"] = AgentsAlone,
        ["GET /.well-known/arcp-configuration"] = Everybody,
        ["GET /health"] = Everybody,
        ["POST /agents/register"] = AgentsAlone,
        ["GET /agents"] = ["administrator", "reviewer"],
        ["GET /agents/{agentId}"] = ["administrator", "reviewer"],
        ["DELETE /agents/{agentId}"] = ["administrator"],
        ["POST /agents/{agentId}/heartbeat"] = ["administrator"],
        ["GET /dashboard/agents"] = ["administrator", "reviewer"],
        ["DELETE /dashboard/agents/{id}"] = ["administrator"],
        ["GET /dashboard/agent-keys"] = ["administrator", "reviewer"],
        ["POST /dashboard/agent-keys"] = ["administrator"],
        ["PATCH /dashboard/agent-keys/{id}"] = ["administrator"],
        ["POST /dashboard/agent-keys/{id}/rotation"] = ["administrator"],
        ["DELETE /dashboard/agent-keys/{id}"] = ["administrator"],
        ["GET /dashboard/tokens"] = AnyOperator,
        ["GET /dashboard/tokens/{jti}"] = AnyOperator,
        ["GET /dashboard/tokens/export"] = ["administrator", "reviewer"],
        ["POST /dashboard/tokens"] = ["administrator"],
        ["POST /dashboard/tokens/{jti}/revocation"] = ["administrator", "support"],
        ["POST /dashboard/tokens/revocations"] = ["administrator"],
        ["GET /dashboard/tokens/revocations/{id}"] = ["administrator"],
        ["DELETE /dashboard/tokens/revocations/{id}"] = ["administrator"],
        ["POST /dashboard/inspect"] = AnyOperator,
        ["GET /dashboard/failures"] = AnyOperator,
        ["GET /dashboard/failures/counts"] = AnyOperator,
        ["GET /dashboard/failures/now"] = AnyOperator,
        ["GET /dashboard/failures/{requestId}"] = AnyOperator,
        ["POST /dashboard/failures/{requestId}/share"] = AnyOperator,
        ["GET /dashboard/shared"] = AnyOperator,
        ["GET /dashboard/shared/{id}"] = AnyOperator,
        ["DELETE /dashboard/shared/{id}"] = AnyOperator,
        ["GET /dashboard/events"] = ["administrator", "reviewer"],
        ["GET /dashboard/stats"] = AnyOperator,
        ["GET /dashboard/keys"] = ["administrator", "reviewer"],
        ["POST /dashboard/keys"] = ["administrator"],
        ["GET /dashboard/keys/{kid}/public"] = ["administrator", "reviewer"],
        ["POST /dashboard/keys/rotation"] = ["administrator"],
        ["POST /dashboard/keys/{kid}/revocation"] = ["administrator"],
        ["POST /dashboard/keys/{kid}/retirement"] = ["administrator"],
        ["GET /dashboard/issuers"] = ["administrator", "reviewer"],
        ["POST /dashboard/issuers/{name}/refresh"] = ["administrator"],
        ["GET /dashboard/settings"] = ["administrator", "reviewer"],
        ["GET /dashboard/settings/retention"] = ["administrator", "reviewer"],
        ["GET /dashboard/settings/scopes"] = ["administrator", "reviewer"],
        ["GET /dashboard/settings/nodes"] = ["administrator", "reviewer"],
        ["GET /dashboard/settings/export"] = ["administrator", "reviewer"],
        ["GET /dashboard/posture"] = ["administrator", "reviewer"],
        ["GET /dashboard/posture/export"] = ["administrator", "reviewer"],
        ["GET /dashboard/sessions"] = AnyAccount,
        ["GET /dashboard/sessions/{name}"] = AnyAccount,
        ["DELETE /dashboard/sessions/{name}"] = AnyAccount,
        ["DELETE /dashboard/sessions"] = AnyAccount,
        ["GET /dashboard/operators"] = ["administrator", "reviewer"],
        ["GET /dashboard/operators/{id}"] = ["administrator", "reviewer"],
        ["POST /dashboard/operators"] = ["administrator"],
        ["PATCH /dashboard/operators/{id}"] = ["administrator"],
        ["POST /dashboard/operators/{id}/reset"] = ["administrator"],
        ["POST /dashboard/operators/{id}/unlock"] = ["administrator"],
        ["GET /dashboard/clients"] = AnyOperator,
        ["GET /dashboard/clients/{id}"] = AnyOperator,
        ["GET /dashboard/clients/export"] = ["administrator", "reviewer"],
        ["POST /dashboard/clients"] = ["administrator"],
        ["PATCH /dashboard/clients/{id}"] = ["administrator"],
        ["DELETE /dashboard/clients/{id}"] = ["administrator"],
        ["POST /dashboard/clients/{id}/secrets"] = ["administrator"],
        ["DELETE /dashboard/clients/{id}/secrets/{secretId}"] = ["administrator"],
        ["POST /dashboard/clients/{id}/renewal"] = ["administrator"],
        ["POST /dashboard/clients/{id}/approval"] = ["administrator"],
        ["POST /dashboard/clients/{id}/registration-token"] = ["administrator"],
        ["GET /dashboard/registration-policy"] = ["administrator", "reviewer"],
        ["PUT /dashboard/registration-policy"] = ["administrator"],
        ["GET /dashboard/initial-access-tokens"] = ["administrator", "reviewer"],
        ["POST /dashboard/initial-access-tokens"] = ["administrator"],
        ["DELETE /dashboard/initial-access-tokens/{id}"] = ["administrator"],
        ["GET /dashboard/alerts"] = AnyOperator,
        ["GET /dashboard/alerts/{id}"] = AnyOperator,
        ["POST /dashboard/alerts/{id}/acknowledgement"] = ["administrator"],
        ["GET /dashboard/alerts/mutes"] = AnyOperator,
        ["POST /dashboard/alerts/mutes"] = ["administrator"],
        ["DELETE /dashboard/alerts/mutes"] = ["administrator"],
        ["GET /dashboard/alert-rules"] = AnyOperator,
        ["GET /dashboard/alert-rules/{id}"] = AnyOperator,
        ["POST /dashboard/alert-rules"] = ["administrator"],
        ["POST /dashboard/alert-rules/preview"] = ["administrator"],
        ["PUT /dashboard/alert-rules/{id}"] = ["administrator"],
        ["DELETE /dashboard/alert-rules/{id}"] = ["administrator"],
        ["GET /dashboard/audit"] = ["administrator", "reviewer"],
        ["GET /dashboard/audit/{number}"] = ["administrator", "reviewer"],
        ["GET /dashboard/audit/export"] = ["administrator", "reviewer"],
        ["GET /dashboard/audit/checkpoints"] = ["administrator", "reviewer"],
        ["GET /dashboard/audit/checkpoints/{number}"] = ["administrator", "reviewer"],
        ["GET /dashboard/webhooks"] = ["administrator", "reviewer"],
        ["POST /dashboard/webhooks"] = ["administrator"],
        ["GET /dashboard/webhooks/{id}"] = ["administrator", "reviewer"],
        ["PUT /dashboard/webhooks/{id}"] = ["administrator"],
        ["DELETE /dashboard/webhooks/{id}"] = ["administrator"],
        ["POST /dashboard/webhooks/{id}/secret"] = ["administrator"],
        ["POST /dashboard/webhooks/{id}/test"] = ["administrator"],
        ["GET /dashboard/webhooks/{id}/deliveries"] = ["administrator", "reviewer"],
        ["POST /dashboard/webhooks/{id}/deliveries/{delivery}/retry"] = ["administrator"],
        ["POST /dashboard/audit/verification"] = ["administrator", "reviewer"],
        ["POST /dashboard/audit/checkpoints"] = ["administrator", "reviewer"],
        ["GET /openapi.json"] = AnyAccount,
        ["GET /dashboard/account"] = AnyAccount,
        ["POST /dashboard/account/authenticator"] = AnyAccount,
        ["PUT /dashboard/account/authenticator"] = AnyAccount,
        ["DELETE /dashboard/account/authenticator"] = AnyAccount,
        ["POST /dashboard/account/recovery-codes"] = AnyAccount,
        ["POST /dashboard/account/passkeys/options"] = AnyAccount,
        ["POST /dashboard/account/passkeys"] = AnyAccount,
        ["DELETE /dashboard/account/passkeys/{id}"] = AnyAccount,
    };

    /// <summary>What having logged in once is not enough for: rotate, mint, revoke in bulk, export, change how one logs in.</summary>
    private static readonly string[] Dangerous =
    [
        "POST /tokens/mint",
        "DELETE /agents/{agentId}",
        "POST /agents/{agentId}/heartbeat",
        "DELETE /dashboard/agents/{id}",
        "POST /dashboard/agent-keys",
        "PATCH /dashboard/agent-keys/{id}",
        "POST /dashboard/agent-keys/{id}/rotation",
        "DELETE /dashboard/agent-keys/{id}",
        "GET /dashboard/tokens/export",
        "POST /dashboard/tokens",
        "POST /dashboard/tokens/revocations",
        "POST /dashboard/keys",
        "POST /dashboard/keys/rotation",
        "POST /dashboard/keys/{kid}/revocation",
        "POST /dashboard/keys/{kid}/retirement",
        "POST /dashboard/issuers/{name}/refresh",
        "POST /dashboard/operators",
        "PATCH /dashboard/operators/{id}",
        "POST /dashboard/operators/{id}/reset",
        "POST /dashboard/operators/{id}/unlock",
        "GET /dashboard/audit/export",
        "GET /dashboard/settings/export",
        "GET /dashboard/posture/export",
        "GET /dashboard/clients/export",
        "POST /dashboard/clients",
        "PATCH /dashboard/clients/{id}",
        "DELETE /dashboard/clients/{id}",
        "POST /dashboard/clients/{id}/secrets",
        "DELETE /dashboard/clients/{id}/secrets/{secretId}",
        "POST /dashboard/clients/{id}/renewal",
        "POST /dashboard/clients/{id}/approval",
        "POST /dashboard/clients/{id}/registration-token",
        "PUT /dashboard/registration-policy",
        "POST /dashboard/initial-access-tokens",
        "DELETE /dashboard/initial-access-tokens/{id}",
        "POST /dashboard/webhooks",
        "PUT /dashboard/webhooks/{id}",
        "DELETE /dashboard/webhooks/{id}",
        "POST /dashboard/webhooks/{id}/secret",
        "POST /dashboard/webhooks/{id}/test",
        "POST /dashboard/webhooks/{id}/deliveries/{delivery}/retry",
        "POST /dashboard/account/authenticator",
        "PUT /dashboard/account/authenticator",
        "DELETE /dashboard/account/authenticator",
        "POST /dashboard/account/recovery-codes",
        "POST /dashboard/account/passkeys/options",
        "POST /dashboard/account/passkeys",
        "DELETE /dashboard/account/passkeys/{id}",
    ];

    /// <summary>The same for pages.</summary>
    private static readonly Dictionary<string, string[]> Pages = new(StringComparer.Ordinal)
    {
        ["/login"] = Everybody,
        ["/login/second-factor"] = Everybody,
        ["/oauth/authorize"] = Everybody,
        ["/confirm"] = Everybody,
        ["/error"] = Everybody,
        ["/not-found"] = Everybody,
        ["/docs/problems"] = Everybody,
        ["/docs/problems/{Slug}"] = Everybody,
        ["/change-password"] = AnyAccount,
        ["/account"] = AnyAccount,
        ["/docs/api"] = AnyAccount,
        ["/account/authenticator"] = AnyAccount,
        ["/"] = AnyOperator,
        ["/tokens"] = AnyOperator,
        ["/tokens/{jti}"] = AnyOperator,
        ["/inspect"] = AnyOperator,
        ["/failures"] = AnyOperator,
        ["/failures/{Reference}"] = AnyOperator,
        ["/shared"] = AnyOperator,
        ["/shared/{Secret}"] = AnyOperator,
        ["/docs/library-errors"] = AnyOperator,
        ["/sessions"] = AnyAccount,
        ["/sessions/{name}"] = AnyAccount,
        ["/operators"] = ["administrator", "reviewer"],
        ["/operators/{id}"] = ["administrator", "reviewer"],
        ["/operators/new"] = ["administrator"],
        ["/clients"] = AnyOperator,
        ["/clients/{id}"] = AnyOperator,
        ["/clients/registration"] = ["administrator", "reviewer"],
        ["/clients/new"] = ["administrator"],
        ["/clients/{id}/edit"] = ["administrator"],
        ["/keys"] = ["administrator", "reviewer"],
        ["/keys/new"] = ["administrator"],
        ["/agents"] = ["administrator", "reviewer"],
        ["/agents/{id}"] = ["administrator", "reviewer"],
        ["/audit"] = ["administrator", "reviewer"],
        ["/audit/{number}"] = ["administrator", "reviewer"],
        ["/webhooks"] = ["administrator", "reviewer"],
        ["/webhooks/new"] = ["administrator"],
        ["/webhooks/{id}"] = ["administrator", "reviewer"],
        ["/alerts"] = AnyOperator,
        ["/alerts/{id}"] = AnyOperator,
        ["/alerts/rules/new"] = AnyOperator,
        ["/alerts/rules/{id}"] = AnyOperator,
        ["/settings"] = ["administrator", "reviewer"],
        ["/mint"] = ["administrator"],
        ["/tokens/revocations/{id}"] = ["administrator"],
        ["/not-found/inside"] = AnyAccount,
    };

    // Cookie sessions alone.
    private static readonly string[] OfBrowsers = ["GET /antiforgery"];

    public async ValueTask InitializeAsync()
    {
        _signet = await WholeSignet.StartAsync("--LiveKit:ApiKey=APIwalker", "--LiveKit:ApiSecret=Jq3vR8tYp2Lw9ZkXc5NbHd7FgMs4QaUe");
        _operators = new Dictionary<string, OperatorAccount>(StringComparer.Ordinal);
        foreach (var role in Roles.All)
        {
            _operators[role] = await _signet.AddOperatorAsync($"walker-{role}", role);
        }
    }

    public ValueTask DisposeAsync() => _signet.DisposeAsync();

    [Fact]
    public void Every_endpoint_and_page_is_in_the_table_and_nothing_else_is()
    {
        var (known, found) = (Endpoints.Keys.Concat(OfBrowsers).Concat(Pages.Keys).ToList(), Walked().Concat(PageRoutes()).ToList());

        Assert.Empty(found.Except(known));
        Assert.Empty(known.Except(found));
    }

    [Fact]
    public async Task Every_endpoint_answers_those_it_is_for_and_nobody_else()
    {
        List<string> wrong = [];
        foreach (var (endpoint, allowed) in Endpoints)
        {
            foreach (var role in Everybody)
            {
                var status = await CallAsync(endpoint, role);
                var isRefused = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                var expected = role is "" || allowed == AgentsAlone ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
                if (allowed.Contains(role) ? isRefused && allowed != Everybody : status != expected)
                {
                    wrong.Add($"{endpoint} as {(role is "" ? "nobody" : role)}: {(int)status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_dangerous_endpoint_wants_a_fresh_second_factor_of_those_who_have_one()
    {
        await _signet.Services.GetRequiredService<OperatorChanges>().ApplyAsync(
            _operators[Roles.Administrator].Id,
            found => found with { SecondFactors = new OperatorSecondFactors { Authenticator = new Authenticator("x", 1, default) } },
            null,
            Stop);
        List<string> dangerous = [];
        foreach (var endpoint in Endpoints.Where(item => item.Value.Contains(Roles.Administrator) && item.Value != Everybody).Select(item => item.Key))
        {
            using var request = RequestOf(endpoint);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _signet.LogInAsync(_operators[Roles.Administrator]));
            request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
            using var answer = await _signet.Client.SendAsync(request, Stop);
            if (answer.StatusCode is HttpStatusCode.Forbidden)
            {
                var problem = await TestHost.JsonOf(answer);
                Assert.Equal(("STEP_UP_REQUIRED", 300), (problem.GetProperty("error_code").GetString(), problem.GetProperty("max_age").GetInt32()));
                dangerous.Add(endpoint);
            }
        }

        Assert.Equal(Dangerous.Order(StringComparer.Ordinal), dangerous.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_page_opens_for_those_it_is_for_and_for_nobody_else()
    {
        List<string> wrong = [];
        foreach (var role in Everybody)
        {
            var cookie = role is "" ? null : await _signet.SignInAsync(_operators[role]);
            foreach (var (page, allowed) in Pages)
            {
                using var answer = await _signet.GetPageAsync(Filled(page), cookie);
                var isLogin = answer.Headers.Location?.OriginalString.StartsWith("/login", StringComparison.Ordinal) is true;
                var isRefused = answer.StatusCode is HttpStatusCode.Forbidden
                    || (isLogin && page is not "/login/second-factor")
                    // Whoever may not see the overview begins with their account.
                    || (page is "/" && answer.Headers.Location?.OriginalString is "/account");
                if (allowed.Contains(role) == isRefused || answer.StatusCode >= HttpStatusCode.InternalServerError)
                {
                    wrong.Add($"{page} as {(role is "" ? "nobody" : role)}: {(int)answer.StatusCode} {answer.Headers.Location}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_session_cookie_reaches_no_endpoint_of_the_api_by_itself()
    {
        var cookie = await _signet.SignInAsync(_operators[Roles.Administrator]);
        List<string> open = [];
        foreach (var (endpoint, allowed) in Endpoints.Where(item => item.Value != Everybody))
        {
            using var request = RequestOf(endpoint);
            request.Headers.Add("Cookie", cookie);
            request.Headers.TryAddWithoutValidation("User-Agent", TestBrowser.Chrome);
            request.Headers.TryAddWithoutValidation("Accept-Language", TestBrowser.Headers().AcceptLanguage);
            request.Headers.Add("Origin", _signet.Client.BaseAddress!.OriginalString.TrimEnd('/'));
            using var answer = await _signet.Client.SendAsync(request, Stop);
            if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
            {
                open.Add($"{endpoint}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(open);
    }

    private async Task<HttpStatusCode> CallAsync(string endpoint, string role)
    {
        using var request = RequestOf(endpoint);
        if (role is not "")
        {
            // A new token each time: some of these calls end its session.
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _signet.LogInAsync(_operators[role]));
        }

        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        using var answer = await _signet.Client.SendAsync(request, Stop);
        Assert.True((int)answer.StatusCode < 500, $"{endpoint} as {role}: {(int)answer.StatusCode}");
        return answer.StatusCode;
    }

    private static HttpRequestMessage RequestOf(string endpoint)
    {
        var (method, path) = (endpoint[..endpoint.IndexOf(' ', StringComparison.Ordinal)], endpoint[(endpoint.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var request = new HttpRequestMessage(new HttpMethod(method), Filled(path));
        if (method is not "GET")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        return request;
    }

    private static string Filled(string route) => Parameter().Replace(route, "x");

    private IEnumerable<string> Walked() => Mapped()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
        .SelectMany(endpoint => MethodsOf(endpoint).Select(method => $"{method} {PathOf(endpoint)}"))
        .Distinct(StringComparer.Ordinal);

    private IEnumerable<string> PageRoutes() => Mapped()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        .Select(PathOf)
        .Distinct(StringComparer.Ordinal);

    // What the framework serves has no roles: files, its script and the hub, which needs a session (HubRules, SessionRules).
    private IEnumerable<RouteEndpoint> Mapped() => _signet.Endpoints.Where(endpoint =>
        !endpoint.IsStaticAsset
        && PathOf(endpoint) != "/{**path:file}"
        && !PathOf(endpoint).StartsWith("/_framework", StringComparison.Ordinal)
        && !PathOf(endpoint).StartsWith("/_blazor", StringComparison.Ordinal));

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Where(method => method is not "HEAD") ?? ["ANY"];

    private static string PathOf(RouteEndpoint endpoint) =>
        "/" + (endpoint.RoutePattern.RawText ?? "").Trim('/');

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Parameter();
}
