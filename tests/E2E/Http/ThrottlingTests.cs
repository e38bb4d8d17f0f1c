using System.Net;
using System.Net.Http.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>Whoever fails too often has to wait, and is told for how long.</summary>
public sealed class ThrottlingTests
{
    // Stopped and not only delayed: how fast this machine hashes must not matter.
    private static readonly (string Name, string? Value)[] StopAfterTen =
    [
        ("Throttling__DeviceFailures", "1000"),
        ("Throttling__AddressFailures", "1000"),
        ("Throttling__AccountFailures", "10"),
        ("Throttling__AccountStop", "10"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_is_throttled_alike_for_known_and_unknown_names_whatever_the_client_sends()
    {
        await using var signet = await SignetProcess.StartAsync(null, StopAfterTen);
        List<string> answers = [];
        foreach (var name in (string[])["admin", "nobody"])
        {
            for (var number = 0; number < 10; number++)
            {
                using var refused = await LoginAsync(signet, name, "wrong", number);
                await refused.ReadAsync(401);
            }

            using var throttled = await LoginAsync(signet, name, SignetProcess.Password, 99);
            var problem = await throttled.ReadAsync(429);
            Assert.Equal("RATE_LIMITED", problem.GetProperty("error_code").GetString());
            Assert.Equal(900, problem.GetProperty("retry_after").GetInt32());
            Assert.Equal(TimeSpan.FromSeconds(900), throttled.Headers.RetryAfter!.Delta);
            Assert.Equal("1000", Assert.Single(throttled.Headers.GetValues("X-RateLimit-Limit")));
            Assert.Equal("0", Assert.Single(throttled.Headers.GetValues("X-RateLimit-Remaining")));
            Assert.NotEmpty(throttled.Headers.GetValues("X-RateLimit-Reset"));
            answers.Add($"{problem.GetProperty("title")} {problem.GetProperty("detail")} {problem.GetProperty("type")}");
        }

        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public async Task Fifth_failure_makes_the_next_wait_and_forty_at_once_are_no_way_around()
    {
        await using var signet = await SignetProcess.StartAsync(null, ("Operators__Passwords__Queue", "64"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => LoginAsync(signet, "admin", "wrong", number)));

        // Each further second lets one more through.
        Assert.InRange(answers.Count(answer => answer.StatusCode is HttpStatusCode.Unauthorized), 5, 7);
        foreach (var answer in answers)
        {
            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized || answer.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
            answer.Dispose();
        }
    }

    [Theory]
    [InlineData("/auth/validate", HttpStatusCode.Unauthorized)]
    [InlineData("/auth/authorize", HttpStatusCode.Unauthorized)]
    [InlineData("/tokens/validate", HttpStatusCode.OK)]
    public async Task Refused_tokens_cost_and_good_ones_do_not(string path, HttpStatusCode refused)
    {
        await using var signet = await SignetProcess.StartAsync(
            null,
            ("Throttling__Budgets__Validation", "5"),
            ("Throttling__Budgets__QuietValidation", "5"),
            ("Throttling__Budgets__Authorization", "5"));
        using var administrator = await signet.LoginAsync();
        var (good, _) = await administrator.MintAsync();
        await AskAsync(signet, path, good, HttpStatusCode.OK, 20);
        await AskAsync(signet, path, "no.token.atall", refused, 5);

        using var answer = await PostAsync(signet, path, good);

        var problem = await answer.ReadAsync(429);
        Assert.Equal("RATE_LIMITED", problem.GetProperty("error_code").GetString());
        Assert.Equal(answer.Headers.RetryAfter!.Delta, TimeSpan.FromSeconds(problem.GetProperty("retry_after").GetInt32()));
        Assert.Equal("5", Assert.Single(answer.Headers.GetValues("X-RateLimit-Limit")));
        Assert.NotEmpty(answer.Headers.GetValues("X-RateLimit-Reset"));

        // Nobody is kept from logging in, and nothing else is.
        using var another = await signet.LoginAsync();
    }

    private static async Task AskAsync(SignetProcess signet, string path, string token, HttpStatusCode expected, int times)
    {
        for (var number = 0; number < times; number++)
        {
            using var answer = await PostAsync(signet, path, token);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    private static Task<HttpResponseMessage> PostAsync(SignetProcess signet, string path, string token) =>
        signet.Http.PostAsync(
            new Uri(path, UriKind.Relative),
            path.EndsWith("authorize", StringComparison.Ordinal)
                ? JsonContent.Create(new { token, scopes = "read" })
                : JsonContent.Create(new { token }),
            Stop);

    private static async Task<HttpResponseMessage> LoginAsync(SignetProcess signet, string username, string password, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login");
        request.Headers.Add("X-Client-Fingerprint", $"fingerprint-of-a-client-{number}");
        request.Headers.Add("X-Forwarded-For", $"203.0.113.{number}");
        request.Headers.Add("User-Agent", $"agent/{number}");
        request.Content = JsonContent.Create(new { username, password });
        return await signet.Http.SendAsync(request, Stop);
    }
}
