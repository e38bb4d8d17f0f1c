using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>The ledger through the API: list, find, mint, revoke, export.</summary>
public sealed class TokenTests(SharedSignet signet)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_pages_by_cursor_and_visits_every_token_once()
    {
        var subject = $"pager-{Guid.CreateVersion7():N}";
        for (var count = 0; count < 7; count++)
        {
            await signet.Administrator.MintAsync(subject);
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await signet.Administrator.GetJsonAsync($"/dashboard/tokens?subject={subject}&limit=3&cursor={cursor}");
            Assert.Equal(7, page.GetProperty("total").GetInt64());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("jti").GetString()!));
            cursor = page.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(7, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(7, seen.Count);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("status=sleeping", "status")]
    [InlineData("kind=unheard", "kind")]
    [InlineData("issued_from=yesterday", "issued_from")]
    [InlineData("never_presented=perhaps", "never_presented")]
    public async Task List_with_a_bad_filter_names_the_field(string query, string field)
    {
        var problem = await signet.Administrator.GetJsonAsync($"/dashboard/tokens?{query}", 422);

        Assert.Equal(field, problem.GetProperty("validation_errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task List_with_a_repeated_parameter_is_refused()
    {
        var problem = await signet.Administrator.GetJsonAsync("/dashboard/tokens?status=live&status=revoked", 400);

        Assert.Equal("INVALID_INPUT", problem.GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Get_shows_claims_and_timeline()
    {
        var (token, tokenId) = await signet.Administrator.MintAsync("timeline");
        Assert.Equal("WRONG_AUDIENCE", await signet.Anybody.RefusalOfAsync(token, "elsewhere"));
        using var revoked = await signet.Administrator.RevokeAsync(tokenId, "no longer needed");
        await revoked.ReadAsync(200);

        var shown = await signet.Administrator.GetJsonAsync($"/dashboard/tokens/{tokenId}");

        Assert.Equal("timeline", shown.GetProperty("claims").GetProperty("sub").GetString());
        Assert.Equal("revoked", shown.GetProperty("token").GetProperty("status").GetString());
        var moments = shown.GetProperty("timeline").EnumerateArray().Select(item => item.GetProperty("moment").GetString()).ToList();
        Assert.Equal("issued", moments[0]);
        Assert.Contains("revoked", moments);
        await signet.Administrator.GetJsonAsync("/dashboard/tokens/unknown-token", 404);
    }

    [Fact]
    public async Task Revoke_twice_is_a_no_op_that_says_so()
    {
        var (_, tokenId) = await signet.Administrator.MintAsync();

        using var first = await signet.Administrator.RevokeAsync(tokenId);
        using var second = await signet.Administrator.RevokeAsync(tokenId);
        using var unknown = await signet.Administrator.RevokeAsync("unknown-token");
        using var unexplained = await signet.Administrator.RevokeAsync(tokenId, "");

        Assert.False((await first.ReadAsync(200)).GetProperty("already").GetBoolean());
        Assert.True((await second.ReadAsync(200)).GetProperty("already").GetBoolean());
        await unknown.ReadAsync(404);
        await unexplained.ReadAsync(422);
    }

    [Fact]
    public async Task Cut_off_a_subject_previews_then_refuses_all_its_tokens()
    {
        var subject = $"cut-{Guid.CreateVersion7():N}";
        var tokens = new List<string>();
        for (var count = 0; count < 5; count++)
        {
            tokens.Add((await signet.Administrator.MintAsync(subject)).Token);
        }

        var preview = await signet.Administrator.PostJsonAsync("/dashboard/tokens/revocations", Body(dryRun: true), 200);
        Assert.Equal(5, preview.GetProperty("matched").GetInt64());
        Assert.Null(await signet.Anybody.RefusalOfAsync(tokens[0]));

        var started = await signet.Administrator.PostJsonAsync("/dashboard/tokens/revocations", Body(dryRun: false), 202);
        foreach (var token in tokens)
        {
            Assert.Equal("TOKEN_REVOKED", await signet.Anybody.RefusalOfAsync(token));
        }

        var (later, _) = await signet.Administrator.MintAsync(subject);
        Assert.Null(await signet.Anybody.RefusalOfAsync(later));
        await signet.Administrator.GetJsonAsync($"/dashboard/tokens/revocations/{started.GetProperty("id").GetString()}");

        object Body(bool dryRun) => new { cut_off = new { scope = "subject", value = subject }, reason = "left the company", dry_run = dryRun };
    }

    [Fact]
    public async Task Revoke_by_filter_reaches_what_it_lists()
    {
        var scope = $"s{Guid.CreateVersion7():N}";
        var (token, _) = await signet.Administrator.MintAsync(scope: $"read {scope}");
        var (other, _) = await signet.Administrator.MintAsync();

        var started = await signet.Administrator.PostJsonAsync(
            "/dashboard/tokens/revocations", new { filter = new Dictionary<string, string> { ["scope"] = scope }, reason = "a leak" }, 202);

        var path = $"/dashboard/tokens/revocations/{started.GetProperty("id").GetString()}";
        await Eventually.AsyncTrue(async () => (await signet.Administrator.GetJsonAsync(path)).GetProperty("state").GetString() == "done");
        Assert.Equal("TOKEN_REVOKED", await signet.Anybody.RefusalOfAsync(token));
        Assert.Null(await signet.Anybody.RefusalOfAsync(other));
    }

    [Fact]
    public async Task Revocations_with_bad_input_name_what_is_wrong()
    {
        await signet.Administrator.PostJsonAsync("/dashboard/tokens/revocations", new { reason = "neither of both" }, 422);
        await signet.Administrator.PostJsonAsync("/dashboard/tokens/revocations", new { cut_off = new { scope = "galaxy", value = "x" }, reason = "too much" }, 422);
        await signet.Administrator.PostJsonAsync("/dashboard/tokens/revocations", new { cut_off = new { scope = "subject" }, reason = "whose" }, 422);
        await signet.Administrator.PostJsonAsync("/dashboard/tokens/revocations", new { filter = new { status = "asleep" }, reason = "unknown status" }, 422);
        await signet.Administrator.PostJsonAsync("/dashboard/tokens/revocations", new { filter = new { status = "expired" }, reason = "nothing left to revoke" }, 422);
        await signet.Administrator.GetJsonAsync("/dashboard/tokens/revocations/unknown", 404);
    }

    [Theory]
    [InlineData("""{"subject":""}""")]
    [InlineData("""{"subject":"operator:admin"}""")]
    [InlineData("""{"subject":"a","claims":{"iss":"evil"}}""")]
    [InlineData("""{"subject":"a","expires_in":0}""")]
    [InlineData("""{"subject":"a","expires_in":999999999}""")]
    [InlineData("""{"subject":"a","defect":"purple"}""")]
    [InlineData("""{"subject":"a","scope":"with\"quote"}""")]
    public async Task Mint_with_bad_input_is_refused_field_by_field(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await signet.Administrator.PostAsync(new Uri("/dashboard/tokens", UriKind.Relative), content, Stop);

        var problem = await answer.ReadAsync(422);
        Assert.NotEqual(0, problem.GetProperty("validation_errors").GetArrayLength());
    }

    [Fact]
    public async Task Mint_for_an_agent_really_works()
    {
        var minted = await signet.Administrator.PostJsonAsync(
            "/tokens/mint", new { user_id = "dev", agent_id = "agent-7", scopes = new[] { "read" }, role = "agent" }, 200);

        using var answer = await signet.Anybody.ValidateAsync(minted.GetProperty("access_token").GetString()!);
        var valid = await answer.ReadAsync(200);
        Assert.Equal("agent-7", valid.GetProperty("agent_id").GetString());
        Assert.Equal(3600, minted.GetProperty("expires_in").GetInt64());
        await signet.Administrator.PostJsonAsync("/tokens/mint", new { user_id = "d", agent_id = "agent-7" }, 422);
    }

    [Fact]
    public async Task Export_streams_what_is_filtered()
    {
        var subject = $"=export-{Guid.CreateVersion7():N}";
        await signet.Administrator.MintAsync(subject);

        using var csv = await signet.Administrator.GetAsync(
            new Uri($"/dashboard/tokens/export?subject={Uri.EscapeDataString(subject)}", UriKind.Relative), Stop);
        using var ndjson = await signet.Administrator.GetAsync(
            new Uri($"/dashboard/tokens/export?format=ndjson&subject={Uri.EscapeDataString(subject)}", UriKind.Relative), Stop);

        var lines = (await csv.Content.ReadAsStringAsync(Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains($",'{subject},", lines[1], StringComparison.Ordinal);
        var row = JsonSerializer.Deserialize<JsonElement>(await ndjson.Content.ReadAsStringAsync(Stop));
        Assert.Equal(subject, row.GetProperty("subject").GetString());
        await signet.Administrator.GetJsonAsync("/dashboard/tokens/export?format=xml", 422);
    }
}
