using System.Net.Http.Headers;
using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Failures;

/// <summary>What was refused, over HTTP.</summary>
public sealed class RefusalApiTests(SharedSignet<RefusalApiTests> shared)
    : IClassFixture<SharedSignet<RefusalApiTests>>, ISharesSignet, IAsyncLifetime
{
    private const string Validation = "POST%20%2Fauth%2Fvalidate";

    private string _bearer = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private WholeSignet Signet => shared.Signet;

    public async ValueTask InitializeAsync() =>
        _bearer = await Signet.LogInAsync(await Signet.AddOperatorAsync($"op-{Guid.CreateVersion7():N}", Roles.Support));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Refusals_are_listed_newest_first_by_cursor_and_without_reports()
    {
        var client = await RefuseAsync(3);

        var (status, first) = await GetAsync($"?client={client}&limit=2");
        var (_, second) = await GetAsync($"?client={client}&limit=2&cursor={first.GetProperty("next_cursor").GetString()}");

        Assert.Equal((200, 3), (status, first.GetProperty("total").GetInt32()));
        Assert.Equal(["req-2", "req-1"], ReferencesOf(first));
        Assert.Equal(["req-0"], ReferencesOf(second));
        Assert.False(first.GetProperty("items")[0].TryGetProperty("report", out var report) && report.ValueKind is not JsonValueKind.Null);
    }

    [Fact]
    public async Task Every_filter_filters()
    {
        var client = await RefuseAsync(1);

        string[] covering = ["code=WRONG_AUDIENCE", "address=203.0.113.9", "subject=alice", $"endpoint={Validation}", "range=1h"];
        foreach (var filter in covering)
        {
            Assert.Equal(1, (await GetAsync($"?client={client}&{filter}")).Body.GetProperty("total").GetInt32());
        }

        string[] others = ["code=OTHER", "address=203.0.113.10", "subject=bob", "endpoint=GET%20%2F", "from=2020-01-01&to=2020-01-02"];
        foreach (var filter in others)
        {
            Assert.Equal(0, (await GetAsync($"?client={client}&{filter}")).Body.GetProperty("total").GetInt32());
        }
    }

    [Fact]
    public async Task Counts_have_a_number_for_each_step_and_who_had_most()
    {
        var client = await RefuseAsync(4);

        var (status, counts) = await GetAsync($"/counts?client={client}&range=1h&by=address,subject&zone=Asia%2FKolkata");

        Assert.True(status is 200, counts.ToString());
        Assert.Equal(4, counts.GetProperty("total").GetInt32());
        Assert.Equal((60, "minute"), (counts.GetProperty("step_seconds").GetInt32(), counts.GetProperty("grain").GetString()));
        var code = Assert.Single(counts.GetProperty("codes").EnumerateArray());
        Assert.Equal("WRONG_AUDIENCE", code.GetProperty("code").GetString());
        Assert.Equal(60, code.GetProperty("counts").GetArrayLength());
        Assert.Equal(4, code.GetProperty("counts").EnumerateArray().Sum(count => count.GetInt32()));
        Assert.Equal("too_young", counts.GetProperty("usual_gap").GetString());
        var tops = counts.GetProperty("tops");
        Assert.Equal(["address", "subject"], tops.EnumerateObject().Select(top => top.Name).Order(StringComparer.Ordinal));
        Assert.Equal("203.0.113.9", tops.GetProperty("address")[0].GetProperty("value").GetString());
        Assert.Equal("WRONG_AUDIENCE", tops.GetProperty("address")[0].GetProperty("main_code").GetString());
    }

    [Fact]
    public async Task What_fails_now_is_told_by_code()
    {
        await RefuseAsync(2);

        var (status, now) = await GetAsync("/now");

        var code = now.GetProperty("codes").EnumerateArray().Single(code => code.GetProperty("code").GetString() is "WRONG_AUDIENCE");
        Assert.Equal((200, false, false), (status, now.GetProperty("has_usual").GetBoolean(), code.GetProperty("is_unusual").GetBoolean()));
        Assert.InRange(code.GetProperty("count").GetInt32(), 2, 100);
    }

    [Theory]
    [InlineData("?range=1y", "range")]
    [InlineData("?from=then&to=2030-01-01", "from")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?cursor=next", "cursor")]
    [InlineData("?limit=201", "limit")]
    [InlineData("/counts?range=1y", "range")]
    [InlineData("/counts?by=client,nobody", "by")]
    [InlineData("/counts?zone=Moon", "zone")]
    public async Task What_makes_no_sense_is_refused_by_name(string query, string field)
    {
        var (status, problem) = await GetAsync(query);

        Assert.Equal((422, "VALIDATION_FAILED"), (status, problem.GetProperty("error_code").GetString()));
        Assert.Equal(field, problem.GetProperty("validation_errors")[0].GetProperty("field").GetString());
    }

    private static IEnumerable<string?> ReferencesOf(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("request_id").GetString()?[..5]);

    // Each test looks at a client of its own.
    private async Task<string> RefuseAsync(int count)
    {
        var client = $"client-{Guid.CreateVersion7():N}";
        var events = Signet.Services.GetRequiredService<EventLog>();
        for (var refused = 0; refused < count; refused++)
        {
            var reference = FormattableString.Invariant($"req-{refused}-{client}");
            events.Record(new SecurityEvent
            {
                At = TimeProvider.System.GetUtcNow(),
                Kind = EventKinds.TokenRefused,
                Outcome = EventOutcome.Refused,
                Code = "WRONG_AUDIENCE",
                Client = client,
                Subject = "alice",
                Origin = new RequestOrigin(reference, "203.0.113.9", null, "POST /auth/validate"),
            });
        }

        var filter = new EventFilter(Client: client);
        await Eventually.TrueAsync(async () => (await events.ListAsync(filter, null, 10, Stop)).Items.Count == count);
        return client;
    }

    private async Task<(int Status, JsonElement Body)> GetAsync(string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/failures" + query);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _bearer);
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        using var answer = await Signet.Client.SendAsync(request, Stop);
        return ((int)answer.StatusCode, await TestHost.JsonOf(answer));
    }
}
