using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Faults;

/// <summary>The process dies in the middle of issuing and revoking; nothing that was acknowledged is lost.</summary>
public sealed class CrashTests
{
    private const int Crashes = 10;
    private const int Workers = 8;

    private readonly ConcurrentBag<(string Token, string TokenId)> _issued = [];
    private readonly ConcurrentBag<(string Token, string TokenId)> _revoked = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_ten_times_while_issuing_and_revoking_loses_nothing_acknowledged()
    {
        await using var signet = await SignetProcess.StartAsync();
        for (var crash = 0; crash < Crashes; crash++)
        {
            using var administrator = await signet.LoginAsync();
            var work = Enumerable.Range(0, Workers).Select(_ => WorkUntilKilledAsync(administrator)).ToList();
            await Task.Delay(TimeSpan.FromMilliseconds(200 + RandomNumberGenerator.GetInt32(400)), TimeProvider.System, Stop);
            await signet.KillAsync();
            await Task.WhenAll(work);
            await signet.RestartAsync();
        }

        using var witness = await signet.LoginAsync();
        Assert.True(_issued.Count > Crashes && _revoked.Count > Crashes, $"{_issued.Count} issued, {_revoked.Count} revoked");
        foreach (var (token, _) in _revoked)
        {
            Assert.Equal("TOKEN_REVOKED", await signet.Http.RefusalOfAsync(token));
        }

        var revoked = _revoked.Select(item => item.TokenId).ToHashSet(StringComparer.Ordinal);
        foreach (var (_, tokenId) in _issued)
        {
            using var row = await witness.GetAsync(new Uri($"/dashboard/tokens/{tokenId}", UriKind.Relative), Stop);
            var json = await row.ReadAsync(200);
            if (revoked.Contains(tokenId))
            {
                Assert.Equal("revoked", json.GetProperty("token").GetProperty("status").GetString());
            }
        }

        using var verification = await witness.PostAsJsonAsync("/dashboard/audit/verification", new { }, Stop);
        var chain = await verification.ReadAsync(200);
        Assert.True(chain.GetProperty("intact").GetBoolean(), chain.ToString());
        Assert.True(chain.GetProperty("verified").GetInt64() >= _revoked.Count);
    }

    // Only what was answered counts: a request that the crash cut off may or may not have happened.
    private async Task WorkUntilKilledAsync(HttpClient administrator)
    {
        try
        {
            while (true)
            {
                var minted = await administrator.MintAsync();
                _issued.Add(minted);
                using var answer = await administrator.RevokeAsync(minted.TokenId);
                answer.EnsureSuccessStatusCode();
                _revoked.Add(minted);
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
        catch (IOException)
        {
            // Killed in the middle of an answer.
        }
    }
}
