using System.Text;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>What a revocation does not do by mistake, what its trial says, and revoking by the token itself.</summary>
public sealed class RevocationTests(SharedSignet signet)
{
    private const string Path = "/dashboard/tokens/revocations";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"filter":{"subjct":"bob"},"reason":"a leak"}""", "filter.subjct")]
    [InlineData("""{"filter":{"Subject":"bob"},"reason":"a leak"}""", "filter.Subject")]
    [InlineData("""{"filter":{"subject":"","client":"c"},"reason":"a leak"}""", "filter.subject")]
    [InlineData("""{"filter":{"subject":null,"client":"c"},"reason":"a leak"}""", "filter.subject")]
    [InlineData("""{"filter":{},"reason":"a leak"}""", "filter")]
    [InlineData("""{"filter":{"status":"live"},"reason":"a leak"}""", "filter")]
    [InlineData("""{"filter":{"never_presented":"false"},"reason":"a leak"}""", "filter")]
    [InlineData("""{"cut_off":{"scope":"subject","value":"bob","issued_befor":"2026-01-15T09:30:00Z"},"reason":"a leak"}""", "cut_off.issued_befor")]
    [InlineData("""{"cut_off":{"scope":"subject","value":"bob"},"filter":{"subject":"bob"},"reason":"a leak"}""", "filter")]
    public async Task What_is_misspelt_or_empty_revokes_nothing_and_is_named(string body, string field)
    {
        var (token, _) = await signet.Administrator.MintAsync("bob");

        var problem = await PostAsync(body, 422);

        Assert.Equal("VALIDATION_FAILED", problem.GetProperty("error_code").GetString());
        Assert.Equal(field, problem.GetProperty("validation_errors")[0].GetProperty("field").GetString());
        Assert.Null(await signet.Anybody.RefusalOfAsync(token));
    }

    [Fact]
    public async Task An_empty_filter_is_told_how_to_revoke_everything()
    {
        var problem = await PostAsync("""{"filter":{},"reason":"a leak"}""", 422);

        Assert.Contains("cut_off", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trial_of_one_revocation_says_what_would_happen_and_changes_nothing()
    {
        var (token, tokenId) = await signet.Administrator.MintAsync();
        var body = new { reason = "a trial", dry_run = true };

        var trial = await signet.Administrator.PostJsonAsync($"/dashboard/tokens/{tokenId}/revocation", body, 200);

        Assert.False(trial.GetProperty("already").GetBoolean());
        Assert.Equal(1, trial.GetProperty("matched").GetInt64());
        Assert.Equal(1, trial.GetProperty("enforced_at_once").GetInt64());
        Assert.EndsWith("Z", trial.GetProperty("offline_until").GetString(), StringComparison.Ordinal);
        Assert.Null(await signet.Anybody.RefusalOfAsync(token));

        using var revoked = await signet.Administrator.RevokeAsync(tokenId);
        await revoked.ReadAsync(200);
        var after = await signet.Administrator.PostJsonAsync($"/dashboard/tokens/{tokenId}/revocation", body, 200);
        Assert.True(after.GetProperty("already").GetBoolean());
        Assert.Equal(0, after.GetProperty("matched").GetInt64());
        await signet.Administrator.PostJsonAsync("/dashboard/tokens/unknown-token/revocation", body, 404);
    }

    [Fact]
    public async Task A_trial_of_many_says_what_is_stopped_at_once_and_until_when_copies_could_pass()
    {
        var subject = $"trial-{Guid.CreateVersion7():N}";
        await signet.Administrator.MintAsync(subject, expiresIn: 60);
        await signet.Administrator.MintAsync(subject, expiresIn: 7200);

        var trial = await signet.Administrator.PostJsonAsync(
            Path, new { cut_off = new { scope = "subject", value = subject }, reason = "a trial", dry_run = true }, 200);

        Assert.Equal(2, trial.GetProperty("matched").GetInt64());
        Assert.Equal(2, trial.GetProperty("enforced_at_once").GetInt64());
        Assert.True(trial.GetProperty("offline_until").GetDateTimeOffset() > TimeProvider.System.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task A_token_itself_is_enough_to_revoke_it()
    {
        var (token, tokenId) = await signet.Administrator.MintAsync();

        var trial = await signet.Administrator.PostJsonAsync(Path, new { token, reason = "found in a log", dry_run = true }, 200);
        Assert.Equal(tokenId, trial.GetProperty("jti").GetString());
        Assert.Null(await signet.Anybody.RefusalOfAsync(token));

        var revoked = await signet.Administrator.PostJsonAsync(Path, new { token, reason = "found in a log" }, 200);
        Assert.Equal(tokenId, revoked.GetProperty("jti").GetString());
        Assert.False(revoked.GetProperty("already").GetBoolean());
        Assert.Equal("TOKEN_REVOKED", await signet.Anybody.RefusalOfAsync(token));
    }

    [Fact]
    public async Task A_token_with_a_foreign_signature_revokes_nothing()
    {
        var (good, _) = await signet.Administrator.MintAsync("victim");
        var (other, _) = await signet.Administrator.MintAsync("attacker");
        var forged = $"{good[..good.LastIndexOf('.')]}{other[other.LastIndexOf('.')..]}";

        var problem = await signet.Administrator.PostJsonAsync(Path, new { token = forged, reason = "found in a log" }, 422);

        Assert.Equal("token", problem.GetProperty("validation_errors")[0].GetProperty("field").GetString());
        Assert.DoesNotContain(forged, problem.ToString(), StringComparison.Ordinal);
        Assert.Null(await signet.Anybody.RefusalOfAsync(good));
        await signet.Administrator.PostJsonAsync(Path, new { token = "rubbish", reason = "found in a log" }, 422);
    }

    private async Task<JsonElement> PostAsync(string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await signet.Administrator.PostAsync(new Uri(Path, UriKind.Relative), content, Stop);
        return await answer.ReadAsync(status);
    }
}
