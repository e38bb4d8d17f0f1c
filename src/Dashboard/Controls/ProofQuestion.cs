namespace Dashboard.Controls;

/// <summary>What somebody can prove that it is them with; the password where they have neither.</summary>
public sealed record ProofQuestion(bool HasAuthenticator, bool HasPasskey)
{
    /// <summary>True where a second factor is asked for.</summary>
    public bool NeedsFactor => HasAuthenticator || HasPasskey;
}

/// <summary>What became of a proof, as the script tells it.</summary>
public sealed record ProofResult(bool Ok, string? Message);
