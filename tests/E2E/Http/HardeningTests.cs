using System.Net.Http.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>Where refusals are told to say little, no address says more.</summary>
public sealed class HardeningTests
{
    private const string Neutral = "The token is invalid or has expired.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anonymous_callers_hear_one_sentence_from_every_address()
    {
        await using var signet = await SignetProcess.StartAsync(null, ("Hosting__GenericTokenRefusals", "true"));
        using var administrator = await signet.LoginAsync();
        var (token, tokenId) = await administrator.MintAsync();
        using var revoked = await administrator.RevokeAsync(tokenId);
        await revoked.ReadAsync(200);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/tokens/validate");
        request.Headers.Authorization = new("Bearer", token);
        using var bearer = await signet.Http.SendAsync(request, Stop);
        using var quiet = await signet.Http.PostAsJsonAsync("/tokens/validate", new { token }, Stop);
        using var loud = await signet.Http.ValidateAsync(token);
        using var told = await administrator.PostAsJsonAsync("/tokens/validate", new { token }, Stop);

        Assert.Equal($"Invalid token: {Neutral}", (await bearer.ReadAsync(401)).GetProperty("error").GetString());
        Assert.Equal(Neutral, (await quiet.ReadAsync(200)).GetProperty("error").GetString());
        var problem = await loud.ReadAsync(401);
        Assert.Equal("MALFORMED_TOKEN", problem.GetProperty("error_code").GetString());
        Assert.Equal(Neutral, problem.GetProperty("detail").GetString());
        Assert.Contains("revoked", (await told.ReadAsync(200)).GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
