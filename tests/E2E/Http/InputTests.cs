using System.Text;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>Input that is wrong is named as the caller wrote it, in one style, and never ends in a 500.</summary>
public sealed class InputTests(SharedSignet signet)
{
    private static readonly string HundredScopes =
        string.Join(',', Enumerable.Range(0, 100).Select(number => $"\"s{number}\""));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/tokens/mint", """{"user_id":"dev","agent_id":"agent-7","scopes":[null]}""", "scopes")]
    [InlineData("/tokens/mint", """{"user_id":"dev","agent_id":"agent-7","scopes":["a b"]}""", "scopes")]
    [InlineData("/tokens/mint", """{"user_id":"d!","agent_id":"agent-7"}""", "user_id")]
    [InlineData("/dashboard/inspect", """{"input":"a.b.c","scopes":[null]}""", "scopes")]
    [InlineData("/dashboard/inspect", """{"input":"a.b.c","scopes":[""]}""", "scopes")]
    [InlineData("/dashboard/inspect", """{"input":"a.b.c","audience":""}""", "audience")]
    [InlineData("/auth/validate", """{"token":"a.b.c","scopes":[null]}""", "scopes")]
    [InlineData("/auth/validate", """{"token":"a.b.c","scopes":[""]}""", "scopes")]
    [InlineData("/auth/validate", """{"token":"a.b.c","scopes":""}""", "scopes")]
    [InlineData("/auth/validate", """{"token":"a.b.c","scopes":["a b"]}""", "scopes")]
    [InlineData("/auth/validate", """{"token":"a.b.c","scopes":["a\r\nb"]}""", "scopes")]
    [InlineData("/auth/validate", """{"token":"a.b.c","scopes":"a\r\nb"}""", "scopes")]
    [InlineData("/auth/validate", """{"token":"a.b.c","audience":""}""", "audience")]
    [InlineData("/auth/validate", """{"token":"a.b.c","audience":"x\r\ny"}""", "audience")]
    [InlineData("/auth/authorize", """{"token":"a.b.c","scopes":["a b"]}""", "scopes")]
    [InlineData("/auth/authorize", """{"token":"a.b.c","scopes":"read","audience":"\u0007"}""", "audience")]
    [InlineData("/auth/validate", """[]""", "body")]
    [InlineData("/tokens/validate", """[]""", "body")]
    [InlineData("/dashboard/tokens/revocations", """{"filter":{"subject":"x"}}""", "reason")]
    public async Task What_is_wrong_is_named(string path, string body, string field)
    {
        var problem = await PostAsync(path, body, 422);

        Assert.Equal("VALIDATION_FAILED", problem.GetProperty("error_code").GetString());
        Assert.Equal(field, problem.GetProperty("validation_errors")[0].GetProperty("field").GetString());
        Assert.DoesNotContain(problem.GetProperty("detail").GetString()!, char.IsControl);
    }

    [Theory]
    [InlineData("/auth/validate", "{}", "token is required")]
    [InlineData("/auth/validate", """{"token":5}""", "token must be a string")]
    [InlineData("/tokens/validate", """{"token":5}""", "token must be a string")]
    [InlineData("/tokens/validate", "{}", "token is required")]
    [InlineData("/auth/validate", "[]", "body must be an object")]
    [InlineData("/tokens/mint", """{"user_id":"d","agent_id":"agent-7"}""", "user_id must be 2 to 100 characters long")]
    [InlineData("/tokens/mint", """{"user_id":"d!","agent_id":"agent-7"}""", "user_id must consist of letters, digits and _ @ . -")]
    [InlineData("/tokens/mint", """{"user_id":"dev","agent_id":"agent-7","role":"king"}""", "role must be user, admin or agent")]
    [InlineData("/dashboard/tokens", """{"subject":" a"}""", "subject must not begin or end with a space")]
    [InlineData("/dashboard/tokens", """{"subject":"a","defect":"purple"}""", "defect must be one of expired, not_yet_valid, invalid_signature")]
    [InlineData("/dashboard/tokens/x/revocation", """{"reason":"a"}""", "reason must be 3 to 500 characters long")]
    public async Task The_detail_is_a_sentence_with_the_members_own_name(string path, string body, string sentence)
    {
        var problem = await PostAsync(path, body, 422);

        Assert.Contains(": " + sentence, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/auth/validate", """{"token":"a.b.c","scopes":[#]}""")]
    [InlineData("/auth/authorize", """{"token":"a.b.c","scopes":[#]}""")]
    [InlineData("/tokens/mint", """{"user_id":"dev","agent_id":"agent-7","scopes":[#]}""")]
    [InlineData("/dashboard/inspect", """{"input":"a.b.c","scopes":[#]}""")]
    public async Task A_hundred_scopes_are_too_many_and_not_of_the_wrong_type(string path, string body)
    {
        var problem = await PostAsync(path, body.Replace("#", HundredScopes, StringComparison.Ordinal), 422);

        Assert.Contains("scopes must have at most 50 items", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_in_the_query_and_another_in_the_body_are_refused()
    {
        var (token, _) = await signet.Administrator.MintAsync();

        await PostAsync($"/tokens/validate?token={token}", """{"token":"a.b.c"}""", 400);
        await PostAsync($"/tokens/validate?token={token}", "{}", 200);
    }

    [Fact]
    public async Task A_form_where_json_belongs_is_415()
    {
        using var form = new FormUrlEncodedContent([new("token", "x")]);
        using var answer = await signet.Anybody.PostAsync(new Uri("/tokens/validate", UriKind.Relative), form, Stop);

        Assert.Equal("INVALID_INPUT", (await answer.ReadAsync(415)).GetProperty("error_code").GetString());
    }

    private async Task<JsonElement> PostAsync(string path, string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await signet.Administrator.PostAsync(new Uri(path, UriKind.Relative), content, Stop);
        return await answer.ReadAsync(status);
    }
}
