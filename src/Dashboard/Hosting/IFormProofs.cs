namespace Dashboard.Hosting;

/// <summary>
/// Lets a form of a static page show that the browser which signed in has sent it. A session's cookie can be copied; the
/// browser's key cannot.
/// </summary>
public interface IFormProofs
{
    /// <summary>What the page's script signs: good once, for a while, for the request's session and this content alone.</summary>
    string Challenge(HttpContext context, string content);

    /// <summary>
    /// True where the session's browser has signed a challenge for this content that nobody used before. A wrong signature is
    /// held against the session, as in a circuit: it may have ended, or wait for its person, afterwards.
    /// </summary>
    Task<bool> CheckAsync(HttpContext context, string content, FormProof proof);
}

/// <summary>What the page's script adds to its form.</summary>
public sealed record FormProof(string? Challenge, string? Fingerprint, string? Signature)
{
    /// <summary>Without what it holds.</summary>
    public override string ToString() => nameof(FormProof);
}
