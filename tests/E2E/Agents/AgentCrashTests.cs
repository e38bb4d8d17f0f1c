using System.Net;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Agents;

/// <summary>Whatever dies, an API accepts nothing that was revoked for longer than it was told to go without news.</summary>
public sealed class AgentCrashTests
{
    [Fact]
    public async Task Nothing_revoked_is_accepted_after_either_side_was_killed()
    {
        await using var signet = await SignetProcess.StartAsync();
        using var administrator = await signet.LoginAsync();
        await using var agent = await AgentProcess.StartAsync(signet.Address, administrator, ("Signet__LongestSilence", "00:00:03"));
        var (good, _) = await administrator.MintForAsync(AgentProcess.Audience, "basic", "user:ada");
        var (first, firstId) = await administrator.MintForAsync(AgentProcess.Audience, "basic", "user:ada");
        var (second, secondId) = await administrator.MintForAsync(AgentProcess.Audience, "basic", "user:ada");
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(first));

        // Revoked while the agent is away.
        await agent.KillAsync();
        using (await administrator.RevokeAsync(firstId))
        {
            await agent.RestartAsync();
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(first));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(good));

        // Signet says that it is revoked, and dies with the news.
        using (await administrator.RevokeAsync(secondId))
        {
            await signet.KillAsync();
        }

        await Eventually.AsyncTrue(async () => await StatusOfAsync(good) is HttpStatusCode.ServiceUnavailable);
        Assert.NotEqual(HttpStatusCode.OK, await StatusOfAsync(second));
        await signet.RestartAsync();
        await Eventually.AsyncTrue(async () =>
        {
            Assert.NotEqual(HttpStatusCode.OK, await StatusOfAsync(second));
            return await StatusOfAsync(good) is HttpStatusCode.OK;
        });

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(first));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(second));

        // Started while Signet is away: nobody knows anything.
        await signet.KillAsync();
        await agent.KillAsync();
        await agent.RestartAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOfAsync(good));

        async Task<HttpStatusCode> StatusOfAsync(string token) => (await agent.AskAsync(token, "basic_assistant")).Status;
    }
}
