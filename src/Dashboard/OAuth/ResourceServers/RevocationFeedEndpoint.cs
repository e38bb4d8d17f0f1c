using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Tokens.ResourceServers;

namespace Dashboard.OAuth.ResourceServers;

/// <summary>Tells APIs that validate tokens by themselves what is revoked: everything at first, then what is new.</summary>
internal static class RevocationFeedEndpoint
{
    /// <summary>Tells an API what is revoked: everything that still counts at first, then what is new.</summary>
    internal static async Task<IResult> HandleAsync(
        HttpContext context, ClientAuthentication authentication, RevocationFeed feed, CancellationToken cancellationToken) =>
        await ResourceServerRequest.ReadAsync(context, authentication, cancellationToken) switch
        {
            ClientRequest.Refused { Refusal: var refusal } => refusal,
            ClientRequest.Good { Form: var form } => TypedResults.Ok(RevocationPageJson.Of(feed.Read(form["since"]))),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
}

/// <summary>What is revoked, in what others read.</summary>
/// <param name="Cursor">To be sent as <c>since</c> with the next request.</param>
/// <param name="More">True where the next page is there already.</param>
internal sealed record RevocationPageJson(string Cursor, bool More)
{
    public required IReadOnlyList<RevokedTokenJson> Tokens { get; init; }

    public required IReadOnlyList<CutOffJson> CutOffs { get; init; }

    public required IReadOnlyList<string> RevokedKeys { get; init; }

    /// <summary>Only in the first page of a node.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? ScopeHierarchy { get; init; }

    public static RevocationPageJson Of(RevocationPage page) => new(page.Cursor, page.HasMore)
    {
        Tokens = [.. page.Tokens.Select(token => new RevokedTokenJson(token.TokenId, token.ExpiresAt?.ToUnixTimeSeconds()))],
        CutOffs =
        [
            .. page.CutOffs.Select(cutOff => new CutOffJson(
                cutOff.Scope, cutOff.Value, cutOff.IssuedBefore.ToUnixTimeMilliseconds())),
        ],
        RevokedKeys = page.RevokedKeys,
        ScopeHierarchy = page.ScopeHierarchy,
    };
}

/// <summary>A token that is revoked by itself.</summary>
/// <param name="Jti">Its id.</param>
/// <param name="Exp">When it expires, in seconds as in the token; absent where that is not known.</param>
internal sealed record RevokedTokenJson(string Jti, long? Exp);

/// <summary>A rule that covers many.</summary>
/// <param name="Scope">What the value is of.</param>
/// <param name="Value">A hash; absent for everything.</param>
/// <param name="IssuedBefore">In milliseconds since 1970, inclusive.</param>
internal sealed record CutOffJson(string Scope, string? Value, long IssuedBefore);
