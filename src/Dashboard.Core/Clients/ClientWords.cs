namespace Dashboard.Core.Clients;

/// <summary>Where a registration came from.</summary>
public enum ClientOrigin
{
    /// <summary>An operator made it here.</summary>
    Operator,

    /// <summary>It registered itself (RFC 7591).</summary>
    SelfRegistered,

    /// <summary>The configuration names it.</summary>
    Configuration,
}

/// <summary>What people decided about a client.</summary>
public enum ClientState
{
    Enabled,
    Disabled,

    /// <summary>It registered itself and waits for an administrator.</summary>
    Pending,
}

/// <summary>Why a client is gone. Its row stays as a tombstone for a while.</summary>
public enum ClientEndReason
{
    /// <summary>Somebody deleted it, or it deleted itself.</summary>
    Deleted,

    /// <summary>Its registration had expired.</summary>
    Expired,

    /// <summary>It registered itself and never asked for anything.</summary>
    Unused,

    /// <summary>An administrator did not approve it.</summary>
    Rejected,
}

/// <summary>Whether a client may act.</summary>
public enum ClientStanding
{
    Good,
    Pending,
    Disabled,
    Expired,
    Gone,
}

/// <summary>How a client authenticates at the token endpoint (RFC 7591 section 2).</summary>
public enum ClientAuthMethod
{
    None,
    ClientSecretBasic,
    ClientSecretPost,
    PrivateKeyJwt,
}

public static class ClientAuthMethods
{
    extension(ClientAuthMethod method)
    {
        /// <summary>The name in metadata.</summary>
        public string Name => method switch
        {
            ClientAuthMethod.None => "none",
            ClientAuthMethod.ClientSecretBasic => "client_secret_basic",
            ClientAuthMethod.ClientSecretPost => "client_secret_post",
            ClientAuthMethod.PrivateKeyJwt => "private_key_jwt",
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No such method."),
        };

        /// <summary>True where the client proves itself with a secret.</summary>
        public bool UsesSecret => method is ClientAuthMethod.ClientSecretBasic or ClientAuthMethod.ClientSecretPost;
    }

    /// <summary>Reads a name; null for one that is none.</summary>
    public static ClientAuthMethod? Parse(string? name) =>
        Enum.GetValues<ClientAuthMethod>().Cast<ClientAuthMethod?>().FirstOrDefault(method => method!.Value.Name == name);
}

/// <summary>The grants that clients can be registered for (RFC 6749, OAuth 2.1).</summary>
public static class GrantTypes
{
    public const string AuthorizationCode = "authorization_code";
    public const string ClientCredentials = "client_credentials";
    public const string RefreshToken = "refresh_token";

    public static readonly IReadOnlyList<string> All = [AuthorizationCode, ClientCredentials, RefreshToken];
}
