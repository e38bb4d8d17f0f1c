namespace Dashboard.Core.Keys;

/// <summary>Where a signing key stands in its life. Moves only downwards in this list, or to <see cref="Revoked"/>.</summary>
public enum KeyState
{
    /// <summary>Published, does not sign yet.</summary>
    Next,

    /// <summary>Signs.</summary>
    Current,

    /// <summary>Verifies what it signed, signs no more.</summary>
    Previous,

    /// <summary>Gone from the JWKS; everything it signed has expired.</summary>
    Retired,

    /// <summary>Withdrawn in an emergency: every token it signed is refused.</summary>
    Revoked,
}
