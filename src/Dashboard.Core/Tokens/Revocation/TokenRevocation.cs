using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Tokens.Revocation;

/// <summary>What a revocation covers.</summary>
public enum RevocationScope
{
    /// <summary>One token, by <c>jti</c>.</summary>
    Token,

    /// <summary>Cut-off: everything issued to a subject.</summary>
    Subject,

    /// <summary>Cut-off: everything issued to a client.</summary>
    Client,

    /// <summary>Cut-off: everything signed by a key.</summary>
    Key,

    /// <summary>Cut-off: everything that belongs to a session.</summary>
    Session,

    /// <summary>Cut-off: a refresh token and everything that comes of it, now or later.</summary>
    Family,

    /// <summary>Cut-off: everything.</summary>
    All,

    /// <summary>Whatever matches a filter of the ledger, in batches.</summary>
    Filter,
}

/// <summary>How far a revocation has been written into the ledger.</summary>
public enum RevocationState
{
    Running,
    Done,

    /// <summary>Stopped by a person. What was revoked stays revoked.</summary>
    Cancelled,
}

/// <summary>A revocation. It cannot be undone.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="Scope">What it covers.</param>
/// <param name="Value">The subject, client, key, session, family or <c>jti</c>; empty for all and for filters.</param>
/// <param name="Filter">The filter; null for every other scope.</param>
/// <param name="IssuedBefore">Covers tokens that were issued, or whose family was granted, at or before this time.</param>
/// <param name="Stamp">When, by whom and why.</param>
/// <param name="State">How far it is written into the ledger. Cut-offs are in force from the start.</param>
/// <param name="RevokedTokens">How many tokens it has revoked so far.</param>
public sealed record TokenRevocation(
    string Id,
    RevocationScope Scope,
    string Value,
    LedgerFilter? Filter,
    DateTimeOffset IssuedBefore,
    RevocationStamp Stamp,
    RevocationState State,
    long RevokedTokens);

/// <summary>What a revocation would reach.</summary>
/// <param name="Tokens">Live tokens; a lower bound where <paramref name="IsCapped"/>.</param>
/// <param name="Clients">Distinct clients among them, as far as they were counted.</param>
/// <param name="Subjects">Distinct subjects among them, as far as they were counted.</param>
/// <param name="IsCapped">True where counting stopped early.</param>
/// <param name="LastExpiryAt">Until when a copy could still pass at an API that validates offline; null where none is live.</param>
public sealed record RevocationPreview(long Tokens, long Clients, long Subjects, bool IsCapped, DateTimeOffset? LastExpiryAt);

/// <summary>What became of the revocation of one token.</summary>
public abstract record TokenRevocationOutcome
{
    private TokenRevocationOutcome()
    {
    }

    public sealed record Revoked(RevocationStamp Stamp) : TokenRevocationOutcome;

    /// <summary>It had been revoked before; nothing changed.</summary>
    public sealed record Already(RevocationStamp Stamp) : TokenRevocationOutcome;

    public sealed record Unknown : TokenRevocationOutcome;
}
