using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Core.Sessions;

/// <summary>A login that was right.</summary>
public sealed record SessionStart
{
    public required SessionKind Kind { get; init; }

    public required OperatorAccount Operator { get; init; }

    /// <summary>The value that a client of the API sent; required for it, null for browsers. Only its hash is kept.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>What a browser's session is bound to; required for browsers, null for the API.</summary>
    public BrowserFacts? Browser { get; init; }

    /// <summary>The second factor that was shown with the password, or instead of it; null where none was.</summary>
    public SecondFactorKind? SecondFactor { get; init; }

    public required RequestOrigin Origin { get; init; }
}

/// <summary>What a browser sends of itself when its person proves who they are.</summary>
/// <param name="Fingerprint">The value that its script computed; only its hash is kept.</param>
/// <param name="BrowserKey">Its public key, SPKI in base64url.</param>
/// <param name="Headers">The headers of that request.</param>
public sealed record BrowserFacts(string Fingerprint, string BrowserKey, ClientHeaders Headers);
