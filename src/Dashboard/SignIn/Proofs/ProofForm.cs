namespace Dashboard.SignIn.Proofs;

/// <summary>How somebody proves that it is them: one of password, code and passkey.</summary>
public class ProofForm
{
    public string? Password { get; set; }

    /// <summary>Of the authenticator app, or a recovery code.</summary>
    public string? Code { get; set; }

    /// <summary>What the browser's <c>navigator.credentials.get()</c> gave, as JSON.</summary>
    public string? Passkey { get; set; }

    /// <summary>What came with the options that the browser was given.</summary>
    public string? PasskeyState { get; set; }

    /// <summary>Filled in by a script.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>Filled in by a script.</summary>
    public string? BrowserKey { get; set; }
}
