namespace Dashboard.Core.Sessions.Binding;

/// <summary>Takes down what a session is bound to.</summary>
internal sealed class BindingCapture(FingerprintHasher hasher, HeaderBand band)
{
    /// <summary>For a session of the API.</summary>
    public SessionBinding Capture(string fingerprint) => new(hasher.Hash(fingerprint));

    /// <summary>For a browser's session.</summary>
    /// <exception cref="ArgumentException">The browser did not send what a session can be bound to.</exception>
    public SessionBinding Capture(string session, BrowserFacts browser) => new(
        hasher.Hash(browser.Fingerprint),
        BrowserKey.IsValid(browser.BrowserKey)
            ? browser.BrowserKey
            : throw new ArgumentException("A browser session needs a browser key.", nameof(browser)),
        band.Capture(session, browser.Headers)
            ?? throw new ArgumentException("A browser session needs the headers of a browser.", nameof(browser)));
}
