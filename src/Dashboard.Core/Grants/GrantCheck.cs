namespace Dashboard.Core.Grants;

/// <summary>Whether a client may have what it asks for.</summary>
public abstract record GrantCheck
{
    private GrantCheck()
    {
    }

    /// <summary>It may.</summary>
    /// <param name="Scopes">What is granted.</param>
    /// <param name="Resource">Where it is good; null for Signet's own audience.</param>
    public sealed record Allowed(IReadOnlyList<string> Scopes, string? Resource) : GrantCheck;

    /// <inheritdoc cref="GrantOutcome.Refused"/>
    public sealed record Refused(GrantError Error, string Description) : GrantCheck;
}
