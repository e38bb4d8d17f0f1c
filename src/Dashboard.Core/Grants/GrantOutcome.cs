namespace Dashboard.Core.Grants;

/// <summary>What became of a request at the token endpoint.</summary>
public abstract record GrantOutcome
{
    private GrantOutcome()
    {
    }

    /// <summary>Tokens were issued, and stand in the ledger.</summary>
    /// <param name="AccessToken">The access token; nobody keeps it but the client.</param>
    /// <param name="ExpiresIn">How long it lives.</param>
    /// <param name="RefreshToken">The next refresh token; null where the client gets none.</param>
    /// <param name="Scopes">What the access token grants.</param>
    /// <param name="TokenId">The <c>jti</c> of the access token.</param>
    public sealed record Granted(
        string AccessToken, TimeSpan ExpiresIn, string? RefreshToken, IReadOnlyList<string> Scopes, string TokenId) : GrantOutcome
    {
        /// <summary>Without the tokens.</summary>
        public override string ToString() => TokenId;
    }

    /// <summary>Nothing was issued.</summary>
    /// <param name="Error">The error of RFC 6749 section 5.2.</param>
    /// <param name="Description">One sentence in the characters that an <c>error_description</c> may have; says nothing back.</param>
    public sealed record Refused(GrantError Error, string Description) : GrantOutcome
    {
        /// <summary>What the event says instead; null where the description says it all.</summary>
        internal string? Detail { get; init; }
    }
}

/// <summary>Why a grant is refused (RFC 6749 section 5.2, RFC 8707 section 2).</summary>
public enum GrantError
{
    InvalidRequest,
    InvalidGrant,
    InvalidScope,
    InvalidTarget,
    UnauthorizedClient,
}

public static class GrantErrors
{
    extension(GrantError error)
    {
        /// <summary>The <c>error</c> of the answer.</summary>
        public string Code => error switch
        {
            GrantError.InvalidRequest => "invalid_request",
            GrantError.InvalidGrant => "invalid_grant",
            GrantError.InvalidScope => "invalid_scope",
            GrantError.InvalidTarget => "invalid_target",
            GrantError.UnauthorizedClient => "unauthorized_client",
            _ => throw new ArgumentOutOfRangeException(nameof(error), error, "No such error."),
        };
    }
}
