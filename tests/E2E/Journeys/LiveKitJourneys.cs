using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Journeys;

/// <summary>LiveKit's own library from the npm registry: it takes our tokens, and we judge its. On every store.</summary>
public sealed class LiveKitJourneys
{
    private const string ApiKey = "APIk7m2x9q4w8z1";
    private const string Secret = "Jq3vR8tYp2Lw9ZkXc5NbHd7FgMs4QaUe";

    public static TheoryData<string> Stores => ["sqlite", "redis"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_server_sdk_verifies_our_tokens_and_we_explain_its(string store)
    {
        Secrets.Note(Secret);
        await using var signet = await SignetProcess.StartAsync(
            null,
            [
                .. store is "redis"
                    ? (await SharedRedis.StartedAsync()).Settings($"livekit-{Guid.CreateVersion7():N}")
                    : [StoreKinds.Sqlite],
                ("LIVEKIT_API_KEY", ApiKey),
                ("LIVEKIT_API_SECRET", Secret),
                ("LIVEKIT_URL", "wss://rooms.signet.test"),
            ]);
        using var administrator = await signet.LoginAsync();
        await using var client = NpmClient.Start(
            "livekit.mjs",
            signet.Address.ToString(),
            administrator.DefaultRequestHeaders.Authorization!.Parameter!,
            SignetProcess.Fingerprint,
            ApiKey,
            Secret);

        var found = await client.FoundAsync();

        Assert.Equal((200, "wss://rooms.signet.test", "blue", 2), (Number("status"), Text("url"), Text("room"), Number("hours")));
        Assert.Equal(("eve", "User", 7_200), (Text("identity"), Text("name"), Number("lifetime")));
        Assert.Equal(
            """{"roomJoin":true,"room":"blue","canPublish":true,"canSubscribe":true,"canPublishData":true}""",
            found.GetProperty("video").GetRawText());
        Assert.Equal("signature verification failed", Text("otherSecret"));
        Assert.Equal("unexpected \"iss\" claim value", Text("otherKey"));

        Assert.Equal((200, "red"), (Of("good").GetProperty("status").GetInt32(), Of("good").GetProperty("room").GetString()));
        Assert.Equal(
            ("TOKEN_EXPIRED", "go-jose/go-jose/jwt: validation failed, token is expired (exp)"), Refusal("expired"));
        Assert.Equal(("INVALID_SIGNATURE", "go-jose/go-jose: error in cryptographic primitive"), Refusal("forged"));
        Assert.Equal("WRONG_TOKEN_TYPE", Text("asAccessToken"));
        Assert.Equal("\"exp\" claim timestamp check failed", Text("saidByLibrary"));

        var inspected = Of("inspected");
        Assert.True(inspected.GetProperty("accepted").GetBoolean());
        Assert.Equal(JsonValueKind.Null, inspected.GetProperty("ledger").ValueKind);
        Assert.Equal("May publish neither sound nor pictures.", inspected.GetProperty("publish").GetString());
        Assert.True(inspected.GetProperty("subscribe").GetBoolean());

        var rows = await administrator.GetJsonAsync("/dashboard/tokens?kind=livekit&limit=10");
        Assert.Equal("eve", Assert.Single(rows.GetProperty("items").EnumerateArray()).GetProperty("subject").GetString());

        JsonElement Of(string name) => found.GetProperty(name);
        string? Text(string name) => Of(name).GetString();
        int Number(string name) => Of(name).GetInt32();
        (string?, string?) Refusal(string name) => (Of(name).GetProperty("code").GetString(), Of(name).GetProperty("says").GetString());
    }
}
