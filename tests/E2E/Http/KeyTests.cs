using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>The key ring through the API, on a Signet of its own.</summary>
public sealed class KeyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rotate_retire_and_revoke_say_what_they_did_and_what_they_refuse()
    {
        await using var signet = await SignetProcess.StartAsync();
        using var administrator = await signet.LoginAsync();
        var (token, _) = await administrator.MintAsync();
        var old = await CurrentAsync(administrator);

        var young = await RotateAsync(administrator, new { reason = "quarterly" }, 409);
        Assert.Equal("CONFLICT", young.GetProperty("error_code").GetString());
        Assert.EndsWith("Z", young.GetProperty("ready_at").GetString(), StringComparison.Ordinal);
        var rotated = await RotateAsync(administrator, new { force = true, reason = "quarterly" }, 200);
        Assert.Equal(old, rotated.GetProperty("old_kid").GetString());
        Assert.Null(await signet.Http.RefusalOfAsync(token));

        using var needed = await RetireAsync(administrator, old);
        Assert.True((await needed.ReadAsync(409)).GetProperty("live_tokens").GetInt64() >= 1);
        using var unknown = await RetireAsync(administrator, "no-such-key");
        await unknown.ReadAsync(404);
        await RotateAsync(administrator, new { reason = "" }, 422);
        await RotateAsync(administrator, new { force = "yes", reason = "because" }, 422);

        // The administrator's own token was signed by the key that burns now.
        await RotateAsync(administrator, new { revoke = true, reason = "the key burnt" }, 200);
        Assert.Null(await signet.Http.RefusalOfAsync(token));
        using var again = await signet.LoginAsync();
        var (later, _) = await again.MintAsync();
        await RotateAsync(again, new { revoke = true, reason = "and again" }, 200);
        Assert.Equal("KEY_REVOKED", await signet.Http.RefusalOfAsync(later));
    }

    [Fact]
    public async Task A_trial_says_which_key_would_become_what_and_changes_nothing()
    {
        await using var signet = await SignetProcess.StartAsync();
        using var administrator = await signet.LoginAsync();
        var before = await StatesAsync(administrator);
        var old = await CurrentAsync(administrator);

        var young = await RotateAsync(administrator, new { reason = "quarterly", dry_run = true }, 200);
        Assert.False(young.GetProperty("would_succeed").GetBoolean());
        Assert.Equal("CONFLICT", young.GetProperty("refusal").GetProperty("error_code").GetString());
        var forced = await RotateAsync(administrator, new { force = true, revoke = true, reason = "quarterly", dry_run = true }, 200);
        Assert.True(forced.GetProperty("would_succeed").GetBoolean());
        Assert.Equal(old, forced.GetProperty("old_kid").GetString());
        Assert.Equal("revoked", forced.GetProperty("old_becomes").GetString());
        Assert.NotEqual(old, forced.GetProperty("current_kid").GetString());
        Assert.True(forced.GetProperty("live_tokens").GetInt64() >= 1);
        Assert.Equal(before, await StatesAsync(administrator));

        var current = await TryRetireAsync(administrator, old);
        Assert.Contains("Only a previous key", current.GetProperty("refusal").GetProperty("detail").GetString(), StringComparison.Ordinal);
        await RotateAsync(administrator, new { force = true, reason = "quarterly" }, 200);
        var needed = await TryRetireAsync(administrator, old);
        Assert.False(needed.GetProperty("would_succeed").GetBoolean());
        Assert.True(needed.GetProperty("live_tokens").GetInt64() >= 1);
        Assert.Contains("needed until", needed.GetProperty("refusal").GetProperty("detail").GetString(), StringComparison.Ordinal);
        await administrator.PostJsonAsync("/dashboard/keys/no-such-key/retirement", new { reason = "a trial", dry_run = true }, 404);
    }

    [Fact]
    public async Task The_list_has_the_shape_of_every_list()
    {
        await using var signet = await SignetProcess.StartAsync();
        using var administrator = await signet.LoginAsync();

        var list = await administrator.GetJsonAsync("/dashboard/keys");

        Assert.Equal(2, list.GetProperty("items").GetArrayLength());
        Assert.Equal(2, list.GetProperty("total").GetInt64());
        Assert.False(list.GetProperty("total_is_capped").GetBoolean());
    }

    private static Task<JsonElement> TryRetireAsync(HttpClient administrator, string keyId) =>
        administrator.PostJsonAsync($"/dashboard/keys/{keyId}/retirement", new { reason = "a trial", dry_run = true }, 200);

    private static async Task<string> CurrentAsync(HttpClient administrator)
    {
        using var answer = await administrator.GetAsync(new Uri("/dashboard/keys", UriKind.Relative), Stop);
        return (await answer.ReadAsync(200)).GetProperty("items").EnumerateArray()
            .Single(key => key.GetProperty("state").GetString() == "current").GetProperty("kid").GetString()!;
    }

    private static async Task<JsonElement> RotateAsync(HttpClient administrator, object body, int status)
    {
        using var answer = await administrator.PostAsJsonAsync("/dashboard/keys/rotation", body, Stop);
        return await answer.ReadAsync(status);
    }

    private static Task<HttpResponseMessage> RetireAsync(HttpClient administrator, string keyId) =>
        administrator.PostAsJsonAsync($"/dashboard/keys/{keyId}/retirement", new { reason = "no longer needed" }, Stop);

    // Not what the keys were used for: that goes on.
    private static async Task<IEnumerable<string>> StatesAsync(HttpClient administrator) =>
        (await administrator.GetJsonAsync("/dashboard/keys")).GetProperty("items").EnumerateArray()
            .Select(key => $"{key.GetProperty("kid")} {key.GetProperty("state")} {key.GetProperty("created_at")}");
}
