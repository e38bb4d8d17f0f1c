using System.Net;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Presentations;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth.ResourceServers;

/// <summary>What APIs may tell of tokens that were shown to them, over HTTP.</summary>
public sealed class PresentationCallTests(SharedSignet<PresentationCallTests> shared)
    : ResourceServerTest(shared), IClassFixture<SharedSignet<PresentationCallTests>>, ISharesSignet
{
    public static string[] Settings => [.. Configured, "--Throttling:Budgets:ResourceServers=0"];

    [Fact]
    public async Task Presentation_at_an_api_stands_in_the_ledger()
    {
        var token = await GetTokenAsync("client_one", ("resource", Audience));
        var (id, at) = (ClaimOf(token, "jti").GetString()!, ClaimOf(token, "iat").GetInt64());

        using var answer = await SendAsync(Telling($$"""[{"jti":"{{id}}","at":{{at + 1}},"ip":"192.0.2.7","user_agent":"curl"}]""").As(Api));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var last = (await ReadAsync(id))!.Last;
        Assert.Equal(("192.0.2.7", "curl", "resource client_api"), (last.Ip, last.UserAgent, last.Where));
        Assert.InRange(last.At.ToUnixTimeSeconds(), at, at + 1);
    }

    [Theory]
    [InlineData(-100_000)]
    [InlineData(100_000)]
    public async Task Clock_of_an_api_that_is_wrong_makes_no_time_that_cannot_be(long offset)
    {
        var token = await GetTokenAsync("client_one", ("resource", Audience));
        var (id, issued) = (ClaimOf(token, "jti").GetString()!, ClaimOf(token, "iat").GetInt64());

        using var answer = await SendAsync(Telling($$"""[{"jti":"{{id}}","at":{{issued + offset}}}]""").As(Api));

        Assert.InRange((await ReadAsync(id))!.Last.At.ToUnixTimeSeconds(), issued, issued + 60);
    }

    [Fact]
    public async Task Of_tokens_for_others_nothing_is_noted_and_nothing_said()
    {
        var id = ClaimOf(await GetTokenAsync(), "jti").GetString()!;

        using var answer = await SendAsync(Telling($$"""[{"jti":"{{id}}","at":1},{"jti":"never-issued","at":1}]""").As(Api));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Null(await ReadAsync(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("""[{"at":1}]""")]
    [InlineData("""[{"jti":"a"}]""")]
    [InlineData("""[{"jti":"","at":1}]""")]
    [InlineData("""[{"jti":"a","at":"now"}]""")]
    [InlineData("""[{"jti":"a","at":-1}]""")]
    [InlineData("""[{"jti":"a","at":999999999999999}]""")]
    [InlineData("""[{"jti":"a","at":1,"ip":"<script>"}]""")]
    [InlineData("""[{"jti":"a","at":1,"jti":"b"}]""")]
    public async Task What_cannot_be_read_is_an_invalid_request(string told)
    {
        var (status, error, _) = await RefusalAsync(Telling(told).As(Api));

        Assert.Equal((400, "invalid_request"), (status, error));
    }

    [Fact]
    public async Task More_than_a_request_may_tell_of_is_refused()
    {
        var told = "[" + string.Join(',', Enumerable.Repeat("""{"jti":"a","at":1}""", 501)) + "]";

        Assert.Equal(400, (await RefusalAsync(Telling(told).As(Api))).Status);
    }

    [Fact]
    public async Task Only_a_client_that_is_an_api_may_tell() => Assert.Equal(
        403, (await RefusalAsync(Telling("[]").As("client_one"))).Status);

    private static HttpRequestMessage Telling(string presentations) =>
        OAuthClients.Form("/oauth/presentations", ("presentations", presentations));

    private async Task<PresentationSpan?> ReadAsync(string tokenId)
    {
        await Signet.Services.GetRequiredService<PresentationRecorder>().WriteAsync(Stop);
        return (await Signet.Services.GetRequiredService<ITokenLedger>().FindAsync(tokenId, Stop))!.Presented;
    }
}
