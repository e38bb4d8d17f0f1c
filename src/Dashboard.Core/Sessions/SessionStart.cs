using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Core.Sessions;

/// <summary>A login whose password was right.</summary>
public sealed record SessionStart
{
    public required SessionKind Kind { get; init; }

    public required OperatorAccount Operator { get; init; }

    /// <summary>The value that the client computed; only its hash is kept.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The browser's public key; required for browsers.</summary>
    public string? BrowserKey { get; init; }

    /// <summary>The headers of the login; required for browsers.</summary>
    public ClientHeaders? Headers { get; init; }

    public required RequestOrigin Origin { get; init; }
}
