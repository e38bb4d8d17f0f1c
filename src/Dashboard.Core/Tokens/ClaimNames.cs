namespace Dashboard.Core.Tokens;

/// <summary>The claims Signet writes or reads by name.</summary>
public static class ClaimNames
{
    public const string Issuer = "iss";
    public const string Subject = "sub";
    public const string Audience = "aud";
    public const string IssuedAt = "iat";
    public const string NotBefore = "nbf";
    public const string ExpiresAt = "exp";
    public const string TokenId = "jti";
    public const string Client = "client_id";

    /// <summary>What others write in place of <see cref="Client"/>.</summary>
    public const string AuthorizedParty = "azp";

    public const string Scope = "scope";
    public const string Scopes = "scopes";
    public const string ShortScope = "scp";
    public const string Agent = "agent_id";
    public const string Role = "role";
    public const string Session = "sid";

    /// <summary>What was granted, and may be renewed: every token that comes of it names it, so that an API can heed its end.</summary>
    public const string Grant = "grant_id";

    /// <summary>When that was granted.</summary>
    public const string GrantedAt = "granted_at";

    /// <summary>The type of an agent that is to register.</summary>
    public const string AgentType = "agent_type";

    /// <summary>The id of the key that an agent is to register with: no part of its secret.</summary>
    public const string AgentKey = "agent_key_id";

    /// <summary>True in tokens that are for registering alone.</summary>
    public const string TempRegistration = "temp_registration";

    /// <summary>The name of the person that a token speaks for.</summary>
    public const string UserName = "username";

    /// <summary>HMAC of the fingerprint that the token is bound to.</summary>
    public const string Fingerprint = "fph";

    /// <summary>HMAC of the address that the token is bound to.</summary>
    public const string Address = "iph";

    /// <summary>HMAC of the User-Agent that the token is bound to.</summary>
    public const string UserAgent = "uah";

    /// <summary>Claims that only the issuer sets; nobody's extra claims may override them.</summary>
    public static readonly IReadOnlySet<string> Reserved = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        Issuer, Subject, Audience, IssuedAt, NotBefore, ExpiresAt, TokenId, Client, Scope, Scopes, ShortScope, Agent, Role,
        Session, Grant, GrantedAt, UserName, Fingerprint, Address, UserAgent, "cnf", "act", "may_act", "auth_time", "nonce", AuthorizedParty, "typ",
    };
}
