namespace Dashboard.Core.Sessions.Binding;

/// <summary>Takes down what a session that begins now is bound to.</summary>
internal sealed class BindingCapture(FingerprintHasher hasher, HeaderBand band)
{
    public SessionBinding Capture(string session, SessionStart start) => start.Kind switch
    {
        SessionKind.Api => new SessionBinding(hasher.Hash(start.Fingerprint)),
        SessionKind.Browser => new SessionBinding(
            hasher.Hash(start.Fingerprint),
            BrowserKey.IsValid(start.BrowserKey)
                ? start.BrowserKey
                : throw new ArgumentException("A browser session needs a browser key.", nameof(start)),
            start.Headers is { } headers && band.Capture(session, headers) is { } values
                ? values
                : throw new ArgumentException("A browser session needs the headers of a browser.", nameof(start))),
        _ => throw new ArgumentOutOfRangeException(nameof(start), start.Kind, "No such kind."),
    };
}
