using Dashboard.Core.Tokens.Inspection;

namespace Dashboard.Commands.TokenTools;

/// <summary>How a token stands to its expiry.</summary>
internal enum ExpiryState
{
    Valid,

    /// <summary>Good now, and not for as long as was asked.</summary>
    Expiring,

    Expired,

    /// <summary>It has no expiry that could be read.</summary>
    Undated,

    /// <summary>It looks like a token and is none.</summary>
    Unreadable,
}

/// <summary>A token in a text, by what it says itself.</summary>
/// <param name="Text">The token.</param>
/// <param name="Index">Where it begins.</param>
/// <param name="Line">In which line, from 1.</param>
/// <param name="State">How it stands.</param>
/// <param name="Left">Until it expires, negative afterwards; null where it says nothing.</param>
/// <param name="Content">What stands in it; null for what is no token.</param>
/// <param name="Fault">Why it is none; null where it is one.</param>
internal sealed record ExpiringToken(
    string Text, int Index, int Line, ExpiryState State, TimeSpan? Left, DecodedToken? Content, string? Fault)
{
    /// <summary>True where another could take its place.</summary>
    public bool IsDue => State is ExpiryState.Expiring or ExpiryState.Expired;

    public static ExpiringToken Of(PlacedToken placed, int line, DateTimeOffset now, TimeSpan within)
    {
        var content = DecodedToken.Read(placed.Text, now, out var fault);
        var left = content?.ExpiresAt - now;
        var state = content is null ? ExpiryState.Unreadable
            : left is null ? ExpiryState.Undated
            : left <= TimeSpan.Zero ? ExpiryState.Expired
            : left < within ? ExpiryState.Expiring
            : ExpiryState.Valid;
        return new ExpiringToken(placed.Text, placed.Index, line, state, left, content, content is null ? fault : null);
    }

    /// <summary>Never prints the token.</summary>
    public override string ToString() => $"line {Line}: {State}";
}
