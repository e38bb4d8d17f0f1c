namespace Dashboard.Core.Sessions;

/// <summary>What is known of a session.</summary>
public abstract record SessionLookup
{
    private SessionLookup()
    {
    }

    public sealed record Live(Session Session) : SessionLookup;

    /// <summary>
    /// Something about its browser changed, and its person must confirm it before anything goes on. Nothing may be shown or
    /// done in it until then; after a while it ends.
    /// </summary>
    public sealed record Challenged(Session Session) : SessionLookup;

    /// <summary>It is over; whoever still shows its id can be told why.</summary>
    public sealed record Ended(Session Session, SessionEndReason Reason) : SessionLookup;

    public sealed record Unknown : SessionLookup;
}

/// <summary>A session that has just begun.</summary>
/// <param name="Session">The session.</param>
/// <param name="Secret">The id for the cookie, shown this once; null for sessions of the API.</param>
public sealed record StartedSession(Session Session, string? Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => Session.Name;
}
