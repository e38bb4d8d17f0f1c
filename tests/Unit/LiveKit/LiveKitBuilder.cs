using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dashboard.Core.LiveKit.Issuing;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.LiveKit;

/// <summary>A LiveKit server's key with its secret, and tokens as anybody could make them who has it.</summary>
internal static class LiveKitBuilder
{
    public const string ApiKey = "APIk7m2x9q4w8z1";
    public const string Secret = "Jq3vR8tYp2Lw9ZkXc5NbHd7FgMs4QaUe";
    public const string Url = "wss://rooms.signet.test";

    public static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal)
    {
        ["LiveKit:ApiKey"] = ApiKey,
        ["LiveKit:ApiSecret"] = Secret,
        ["LiveKit:Url"] = Url,
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A request that can be issued as it is.</summary>
    public static LiveKitTokenRequest Request() => new()
    {
        Identity = "user1",
        Name = "User",
        Video = LiveKitTokenRequest.Participant("test-room"),
        Who = TokenBuilder.Somebody,
    };

    public static async Task<LiveKitIssueOutcome.Issued> IssueLiveKitAsync(this CoreHost host, LiveKitTokenRequest? request = null) =>
        Assert.IsType<LiveKitIssueOutcome.Issued>(await host.Get<LiveKitTokens>().IssueAsync(request ?? Request(), Stop));

    /// <summary>A token of another program: good at this clock, with changes; a null value leaves a claim out.</summary>
    public static string Foreign(CoreHost host, params (string Name, JsonNode? Value)[] changes) =>
        Foreign(host.Clock.GetUtcNow(), Secret, changes);

    public static string Foreign(DateTimeOffset now, string secret, params (string Name, JsonNode? Value)[] changes)
    {
        JsonObject claims = new()
        {
            ["iss"] = ApiKey,
            ["sub"] = "alice",
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(6).ToUnixTimeSeconds(),
            ["video"] = new JsonObject { ["roomJoin"] = true, ["room"] = "blue" },
        };
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value;
            }
        }

        return Sign("""{"alg":"HS256"}""", claims.ToJsonString(), secret);
    }

    public static string Sign(string header, string payload, string secret = Secret) =>
        ForgedToken.Sign(header, payload, data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), data));
}
