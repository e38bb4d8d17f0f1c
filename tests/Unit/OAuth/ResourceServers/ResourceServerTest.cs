using System.Text.Json;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.OAuth.ResourceServers;

/// <summary>The whole program, with a client that is an API.</summary>
public abstract class ResourceServerTest(SharedSignet shared) : OAuthTest(shared)
{
    protected const string Audience = "https://api.example.com/mcp";
    protected const string Api = "client_api";

    private protected static readonly string[] Configured =
        ["--OAuth:ProtectedResources:0:Resource=https://api.example.com/mcp", "--Scopes:Hierarchy:admin:0=write", "--Scopes:Hierarchy:write:0=read"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Signet.Services.AddAsync(OAuthClients.Confidential(Api) with { Audiences = [Audience] });
    }

    private protected static HttpRequestMessage Asking(string? since = null) =>
        OAuthClients.Form("/oauth/revocations", since is null ? [] : [("since", since)]);

    /// <summary>Everything since a cursor, page by page, and the cursor behind it.</summary>
    private protected async Task<(List<JsonElement> Tokens, List<JsonElement> CutOffs, string Cursor)> FollowAsync(string? since = null)
    {
        var (tokens, cutOffs, cursor, more) = (new List<JsonElement>(), new List<JsonElement>(), since, true);
        while (more)
        {
            var page = await AnswerAsync(Asking(cursor).As(Api));
            tokens.AddRange(page.GetProperty("tokens").EnumerateArray());
            cutOffs.AddRange(page.GetProperty("cut_offs").EnumerateArray());
            (cursor, more) = (page.GetProperty("cursor").GetString(), page.GetProperty("more").GetBoolean());
        }

        return (tokens, cutOffs, cursor!);
    }

    /// <summary>A claim of a token.</summary>
    private protected static JsonElement ClaimOf(string token, string name) =>
        JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1])).GetProperty(name);
}
