using System.Text.Json.Serialization;

namespace Dashboard.Core.Tokens;

/// <summary>What a token is for. Stable: stored in the ledger and shown to people.</summary>
public enum TokenKind
{
    /// <summary>An OAuth access token (RFC 9068).</summary>
    Access,

    /// <summary>An access token that a person minted by hand.</summary>
    Minted,

    /// <summary>Speaks for a person who logged in to Signet's own API; bound to their client's fingerprint.</summary>
    Operator,

    /// <summary>Lets one agent register, once and within minutes. Of no other use.</summary>
    AgentTemp,

    /// <summary>Speaks for a registered agent.</summary>
    Agent,

    /// <summary>Gets a client new access tokens. Opaque: no JWT, and of no use at an API.</summary>
    Refresh,

    /// <summary>Lets a client manage its own registration (RFC 7592). Opaque.</summary>
    Registration,

    /// <summary>Lets somebody register clients (RFC 7591). Opaque.</summary>
    InitialAccess,

    /// <summary>Opens rooms of a LiveKit server, which verifies it without Signet. Of no use at an API.</summary>
    [JsonStringEnumMemberName("livekit")]
    LiveKit,
}

public static class TokenKinds
{
    extension(TokenKind kind)
    {
        /// <summary>The name in the ledger, in filters and on pages.</summary>
        public string Name => kind switch
        {
            TokenKind.Access => "access",
            TokenKind.Minted => "minted",
            TokenKind.Operator => "operator",
            TokenKind.AgentTemp => "agent-temp",
            TokenKind.Agent => "agent",
            TokenKind.Refresh => "refresh",
            TokenKind.Registration => "registration",
            TokenKind.InitialAccess => "initial-access",
            TokenKind.LiveKit => "livekit",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };

        /// <summary>True for a kind that is no JWT, and so has no <see cref="Type"/>.</summary>
        public bool IsOpaque => kind is TokenKind.Refresh or TokenKind.Registration or TokenKind.InitialAccess;

        /// <summary>True for a kind that speaks for somebody at APIs; false for what only gets its holder something else.</summary>
        public bool SpeaksForSomebody => !kind.IsOpaque && kind is not (TokenKind.AgentTemp or TokenKind.LiveKit);

        /// <summary>The <c>aud</c> that every token of a kind has, whatever is expected elsewhere; null where it has none of its own.</summary>
        public string? OwnAudience => kind is TokenKind.AgentTemp ? "arcp:register" : null;

        /// <summary>The <c>typ</c> header, which keeps one kind from being used as another (RFC 8725 section 3.11).</summary>
        public string Type => kind switch
        {
            TokenKind.Access or TokenKind.Minted => "at+jwt",
            TokenKind.Operator => "operator+jwt",
            TokenKind.AgentTemp => "agent-temp+jwt",
            TokenKind.Agent => "agent+jwt",
            TokenKind.LiveKit => "JWT",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No type for this kind."),
        };
    }

    /// <summary>Reads a name; null for one that is none.</summary>
    public static TokenKind? Parse(string? name) =>
        Enum.GetValues<TokenKind>().Cast<TokenKind?>().FirstOrDefault(kind => kind!.Value.Name == name);
}
