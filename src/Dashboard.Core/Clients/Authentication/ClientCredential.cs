namespace Dashboard.Core.Clients.Authentication;

/// <summary>How a client says who it is (RFC 6749 section 2.3, RFC 7523 section 2.2). Exactly one of them in a request.</summary>
public abstract record ClientCredential
{
    private ClientCredential()
    {
    }

    /// <summary>By a secret.</summary>
    /// <param name="ClientId">Who it says it is.</param>
    /// <param name="Value">The secret.</param>
    public sealed record Secret(string ClientId, string Value) : ClientCredential
    {
        /// <summary>Without the secret.</summary>
        public override string ToString() => ClientId;
    }

    /// <summary>By a token that it signed itself.</summary>
    /// <param name="ClientId">Who it says it is beside the token; null where it says so in the token alone.</param>
    /// <param name="Jwt">The token.</param>
    public sealed record Assertion(string? ClientId, string Jwt) : ClientCredential
    {
        /// <summary>Without the token.</summary>
        public override string ToString() => ClientId ?? nameof(Assertion);
    }

    /// <summary>By its name alone, as public clients do.</summary>
    public sealed record None(string ClientId) : ClientCredential;
}

/// <summary>Whether a client is who it says it is, and may act.</summary>
public abstract record ClientAuthOutcome
{
    private ClientAuthOutcome()
    {
    }

    public sealed record Accepted(Client Client) : ClientAuthOutcome;

    /// <summary>It is not, or may not.</summary>
    /// <param name="Description">One sentence for the client, in the characters that an <c>error_description</c> may have.</param>
    public sealed record Refused(string Description) : ClientAuthOutcome;
}
