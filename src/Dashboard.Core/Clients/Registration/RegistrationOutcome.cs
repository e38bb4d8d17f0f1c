namespace Dashboard.Core.Clients.Registration;

/// <summary>What became of a registration, or of what a client does with its own.</summary>
public abstract record RegistrationOutcome
{
    private RegistrationOutcome()
    {
    }

    /// <summary>It is so now.</summary>
    /// <param name="Client">As it is stored.</param>
    /// <param name="Secret">A new client secret, shown this once; null where none was made.</param>
    /// <param name="RegistrationToken">What manages the registration from now on.</param>
    public sealed record Registered(Client Client, string? Secret, string RegistrationToken) : RegistrationOutcome
    {
        /// <summary>Without secrets.</summary>
        public override string ToString() => Client.Id;
    }

    /// <summary>Nothing changed.</summary>
    /// <param name="Error">Why.</param>
    /// <param name="Description">Why, for people; holds nothing of the request.</param>
    public sealed record Refused(RegistrationError Error, string Description) : RegistrationOutcome;
}

/// <summary>Why a registration is refused.</summary>
public enum RegistrationError
{
    /// <summary>An address for answers is not acceptable (RFC 7591 section 3.2.2).</summary>
    InvalidRedirectUri,

    /// <summary>Something else of what the client says of itself is not acceptable.</summary>
    InvalidMetadata,

    /// <summary>Statements of third parties about software are not taken.</summary>
    InvalidSoftwareStatement,

    /// <summary>The request holds no document at all.</summary>
    InvalidRequest,

    /// <summary>Nobody registers here.</summary>
    Off,

    /// <summary>An initial access token is needed, and there is none in the request.</summary>
    TokenRequired,

    /// <summary>The initial access token, or that of the registration, is not good.</summary>
    InvalidToken,
}

public static class RegistrationErrors
{
    extension(RegistrationError error)
    {
        /// <summary>The code in answers and events.</summary>
        public string Code => error switch
        {
            RegistrationError.InvalidRedirectUri => "invalid_redirect_uri",
            RegistrationError.InvalidMetadata => "invalid_client_metadata",
            RegistrationError.InvalidSoftwareStatement => "invalid_software_statement",
            RegistrationError.InvalidRequest => "invalid_request",
            RegistrationError.Off => "access_denied",
            RegistrationError.TokenRequired or RegistrationError.InvalidToken => "invalid_token",
            _ => throw new ArgumentOutOfRangeException(nameof(error), error, "No code for this error."),
        };
    }
}
