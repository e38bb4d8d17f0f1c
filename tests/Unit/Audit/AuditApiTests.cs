using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Audit;

/// <summary>The log in the API, over the whole program. Who may is in RoleWalkTests.</summary>
public sealed class AuditApiTests : IAsyncLifetime
{
    private WholeSignet _signet = null!;
    private OperatorAccount _reviewer = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AuditLog Log => _signet.Services.GetRequiredService<AuditLog>();

    public async ValueTask InitializeAsync()
    {
        _signet = await WholeSignet.StartAsync();
        _reviewer = await _signet.AddOperatorAsync("rita", Roles.Reviewer);
        await RecordAsync(new AuditEntry(
            new Actor("=cmd|' /C calc'!A0"), "client.created", "client", "c-1", "-1+1, \"quoted\"\nline", Before: null, After: "{\"name\":\"=cmd\"}"));
    }

    public ValueTask DisposeAsync() => _signet.DisposeAsync();

    [Fact]
    public async Task Csv_holds_no_formula_and_the_export_is_recorded_first()
    {
        var text = await GetTextAsync("/dashboard/audit/export?kind=client&object=c-1&format=csv&reason=a%20review", "text/csv");

        var lines = text.TrimEnd().Split("\r\n");
        Assert.Equal("number,at,who,role,ip,session,action,object_kind,object_id,reason,before,after,previous_hash,hash", lines[0]);
        var line = Assert.Single(lines.Skip(1));
        Assert.Contains(",'=cmd|' /C calc'!A0,", line, StringComparison.Ordinal);
        Assert.Contains(",\"'-1+1, \"\"quoted\"\"\\u{A}line\",", line, StringComparison.Ordinal);
        var entry = Assert.Single((await Log.ListAsync(new AuditFilter(Action: "audit.exported"), null, 10, Stop)).Items).Entry;
        Assert.Equal(("rita", "a review"), (entry.Who.Name, entry.Reason));
        using var what = JsonDocument.Parse(entry.After!);
        Assert.Equal("csv", what.RootElement.GetProperty("format").GetString());
        Assert.Equal("?object=c-1&kind=client", what.RootElement.GetProperty("filter").GetString());
    }

    [Fact]
    public async Task Ndjson_holds_every_entry_with_both_hashes_so_that_the_chain_can_be_followed()
    {
        for (var number = 0; number < 600; number++)
        {
            await RecordAsync(new AuditEntry(Actor.Signet, "a.b", "thing", "1"));
        }

        var text = await GetTextAsync("/dashboard/audit/export?format=ndjson", "application/x-ndjson");

        var rows = text.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.Clone()).ToList();
        Assert.Equal(rows[0].GetProperty("number").GetInt64(), rows.Count);
        Assert.Equal("audit.exported", rows[0].GetProperty("action").GetString());
        Assert.All(
            rows.Zip(rows.Skip(1)),
            pair => Assert.Equal(pair.Second.GetProperty("hash").GetString(), pair.First.GetProperty("previous_hash").GetString()));
    }

    [Theory]
    [InlineData("/dashboard/audit/export?format=xml", "format")]
    [InlineData("/dashboard/audit/export?from=yesterday", "from")]
    [InlineData("/dashboard/audit?before=yesterday", "before")]
    [InlineData("/dashboard/audit?cursor=x", "cursor")]
    [InlineData("/dashboard/audit?limit=0", "limit")]
    [InlineData("/dashboard/audit/checkpoints?limit=0", "limit")]
    public async Task What_makes_no_sense_is_refused_by_name_and_not_recorded(string address, string field)
    {
        using var answer = await SendAsync(HttpMethod.Get, address);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"\"{field}\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Empty((await Log.ListAsync(new AuditFilter(ObjectKind: "audit"), null, 10, Stop)).Items);
    }

    [Fact]
    public async Task Listing_and_looking_are_one_reading()
    {
        var token = await _signet.LogInAsync(_reviewer);
        var list = await GetAsync("/dashboard/audit?kind=client&limit=1", token);
        var number = list.GetProperty("items")[0].GetProperty("number").GetInt64();
        var one = await GetAsync($"/dashboard/audit/{number}", token);

        Assert.Equal("client.created", one.GetProperty("entry").GetProperty("action").GetString());
        Assert.Equal("=cmd", one.GetProperty("entry").GetProperty("after").GetProperty("name").GetString());
        Assert.False(one.TryGetProperty("fault", out var fault) && fault.ValueKind is not JsonValueKind.Null);
        Assert.Equal(1, (await Log.ListAsync(new AuditFilter(Action: "audit.read"), null, 10, Stop)).Total);
        using var missing = await SendAsync(HttpMethod.Get, "/dashboard/audit/1000000", token);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Checkpoint_is_taken_listed_downloaded_and_verified_against()
    {
        using var taking = await SendAsync(HttpMethod.Post, "/dashboard/audit/checkpoints");
        var taken = await TestHost.JsonOf(taking);
        var (number, text) = (taken.GetProperty("number").GetInt64(), taken.GetProperty("checkpoint").GetString()!);

        var listed = Assert.Single((await GetAsync("/dashboard/audit/checkpoints")).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal((number, text, "rita", true), (listed.GetProperty("number").GetInt64(), listed.GetProperty("checkpoint").GetString(), listed.GetProperty("taken_by").GetString(), listed.GetProperty("trusted").GetBoolean()));
        using var download = await SendAsync(HttpMethod.Get, $"/dashboard/audit/checkpoints/{number}");
        Assert.Equal(text + "\n", await download.Content.ReadAsStringAsync(Stop));
        Assert.Equal($"audit-checkpoint-{number}.txt", download.Content.Headers.ContentDisposition!.FileName);
        using var none = await SendAsync(HttpMethod.Get, $"/dashboard/audit/checkpoints/{number + 1}");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        using var verifying = await SendAsync(HttpMethod.Post, "/dashboard/audit/verification", body: $$"""{"checkpoint":"{{text}}"}""");
        var found = await TestHost.JsonOf(verifying);
        Assert.True(found.GetProperty("intact").GetBoolean());
        Assert.Equal((number, 2), (found.GetProperty("attested_to").GetInt64(), found.GetProperty("checkpoints").GetInt32()));
        using var wrong = await SendAsync(HttpMethod.Post, "/dashboard/audit/verification", body: """{"checkpoint":"1.2.3.4.5"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    private async Task<JsonElement> GetAsync(string address, string? token = null)
    {
        using var answer = await SendAsync(HttpMethod.Get, address, token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await TestHost.JsonOf(answer);
    }

    private async Task<string> GetTextAsync(string address, string type)
    {
        using var answer = await SendAsync(HttpMethod.Get, address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, string? token = null, string body = "{}")
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? await _signet.LogInAsync(_reviewer));
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        if (method != HttpMethod.Get)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await _signet.Client.SendAsync(request, Stop);
    }

    private Task RecordAsync(AuditEntry entry) => Log.RecordReadAsync(entry, Stop);
}
