using System.Globalization;
using System.Net;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Hosting;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Hosting;

/// <summary>Endpoints that one address can ask only so often.</summary>
public sealed class BudgetTests
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["Throttling:Budgets:Validation"] = "3",
        ["Throttling:Budgets:Registration"] = "3",
    };

    [Fact]
    public async Task Good_requests_are_free_and_refused_ones_are_not()
    {
        await using var host = await StartAsync();
        await AnswersAsync(host, "/good", 200, 10);
        await AnswersAsync(host, "/bad", 401, 3);

        using var answer = await host.GetAsync("/good");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var problem = await TestHost.JsonOf(answer);
        Assert.Equal("RATE_LIMITED", problem.GetProperty("error_code").GetString());
        var seconds = problem.GetProperty("retry_after").GetInt32();
        Assert.InRange(seconds, 1, 120);
        Assert.Equal(TimeSpan.FromSeconds(seconds), answer.Headers.RetryAfter!.Delta);
        Assert.Equal("3", Header("X-RateLimit-Limit"));
        Assert.Equal("0", Header("X-RateLimit-Remaining"));
        var reset = DateTimeOffset.FromUnixTimeSeconds(long.Parse(Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture));
        Assert.InRange(reset - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(2));

        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
    }

    [Theory]
    [InlineData("/bad", 401)]
    [InlineData("/register", 200)]
    public async Task Refusal_for_a_spent_budget_is_found_by_its_reference(string path, int status)
    {
        await using var host = await StartAsync();
        await AnswersAsync(host, path, status, 3);

        using var answer = await host.GetAsync(path);

        var reference = answer.Headers.GetValues("X-Request-ID").Single();
        SecurityEvent? found = null;
        await Eventually.TrueAsync(async () =>
            (found = await host.Services.GetRequiredService<EventLog>().FindByRequestAsync(reference, TestContext.Current.CancellationToken)) is not null);
        Assert.Equal((EventKinds.RequestThrottled, "RATE_LIMITED"), (found!.Kind, found.Code));
        Assert.Equal($"GET {path}", found.Origin.Endpoint);
    }

    [Fact]
    public async Task Quiet_refusals_cost_too()
    {
        await using var host = await StartAsync();

        await AnswersAsync(host, "/quiet", 200, 3);

        await AnswersAsync(host, "/quiet", 429, 1);
    }

    [Fact]
    public async Task Bodies_that_cannot_be_read_cost_too_and_our_own_failures_do_not()
    {
        await using var host = await StartAsync();
        await AnswersAsync(host, "/broken", 503, 5);

        await AnswersAsync(host, "/unreadable", 400, 3);

        await AnswersAsync(host, "/broken", 429, 1);
    }

    [Fact]
    public async Task Other_budgets_and_endpoints_without_one_are_not_touched()
    {
        await using var host = await StartAsync();
        await AnswersAsync(host, "/bad", 401, 3);

        await AnswersAsync(host, "/free", 401, 5);
        await AnswersAsync(host, "/register", 200, 3);
        await AnswersAsync(host, "/register", 429, 1);
    }

    [Fact]
    public async Task Where_every_request_counts_many_at_once_do_too()
    {
        await using var host = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => host.GetAsync("/slow")));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode is HttpStatusCode.OK));
        Assert.Equal(37, answers.Count(answer => answer.StatusCode is HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Nothing_that_a_client_chooses_gives_a_new_budget()
    {
        await using var host = await StartAsync();
        for (var number = 0; number < 4; number++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/bad");
            request.Headers.Add("User-Agent", $"agent/{number}");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{number}");
            request.Headers.Add("X-Client-Fingerprint", $"fingerprint-of-a-client-{number}");
            using var answer = await host.SendAsync(request);
            Assert.Equal(number < 3 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Address_that_a_known_proxy_names_is_the_one_that_counts()
    {
        await using var host = await StartAsync(("Hosting:KnownProxies:0", "127.0.0.1"), ("Hosting:AllowHttp", "true"));
        for (var number = 0; number < 10; number++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/bad");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{number}");
            using var answer = await host.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    private static Task<TestHost> StartAsync(params (string Name, string Value)[] settings)
    {
        Dictionary<string, string?> all = new(Settings, StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return TestHost.StartAsync(Map, all);
    }

    private static void Map(WebApplication app)
    {
        var group = app.MapGroup("").AllowAnonymous().WithBudget(RequestBudget.Validation);
        group.MapGet("/good", () => "good");
        group.MapGet("/bad", () => Problems.AuthRequired());
        group.MapGet("/quiet", (HttpContext context) =>
        {
            context.CountAsRefused();
            return "no";
        });
        group.MapGet("/broken", string () => throw new StoreUnavailableException("It is away."));
        group.MapGet("/unreadable", string () => throw new BadHttpRequestException("What is this?"));
        app.MapGet("/free", () => Problems.AuthRequired()).AllowAnonymous();
        var three = 0;
        var all = new TaskCompletionSource();
        app.MapGet(
            "/slow",
            async () =>
            {
                // The last of those that may begin lets all of them end.
                if (Interlocked.Increment(ref three) == 3)
                {
                    all.SetResult();
                }

                await all.Task;
                return "done";
            }).AllowAnonymous().WithBudget(RequestBudget.Registration);
        app.MapGet("/register", () => "done").AllowAnonymous().WithBudget(RequestBudget.Registration);
    }

    private static async Task AnswersAsync(TestHost host, string path, int status, int times)
    {
        for (var number = 0; number < times; number++)
        {
            using var answer = await host.GetAsync(path);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }
}
