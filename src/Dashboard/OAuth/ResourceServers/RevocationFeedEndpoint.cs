using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Tokens.ResourceServers;

namespace Dashboard.OAuth.ResourceServers;

/// <summary>Tells APIs that validate tokens by themselves what is revoked: everything at first, then what is new.</summary>
internal static class RevocationFeedEndpoint
{
    /// <summary>
    /// Tells an API what is revoked, everything that still counts at first, then what is new; and who may not act for now.
    /// </summary>
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

    /// <summary>
    /// Everybody whose tokens are refused for now, in place of all who were told before; absent where they are the same.
    /// </summary>
    public IReadOnlyList<SuspensionJson>? Suspended { get; init; }

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
        Suspended = page.Suspended is { } suspended
            ? [.. suspended.Select(entry => new SuspensionJson(entry.Scope, entry.Value, entry.From?.ToUnixTimeMilliseconds()))]
            : null,
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

/// <summary>Somebody who may not act for now: a client that is disabled or has expired, a person or an agent that is kept out.</summary>
/// <param name="Scope">What the value is of.</param>
/// <param name="Value">A hash.</param>
/// <param name="From">From when on, in milliseconds since 1970; absent for now.</param>
internal sealed record SuspensionJson(string Scope, string Value, long? From);
