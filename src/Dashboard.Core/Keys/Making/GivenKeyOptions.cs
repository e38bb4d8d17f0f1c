namespace Dashboard.Core.Keys.Making;

/// <summary>Keys of an existing deployment that are brought here at the start. Bound from its own names.</summary>
public sealed class GivenKeyOptions
{
    public const string SecretSetting = "JWT_SECRET";

    public const string PrivateKeySetting = "JWT_PRIVATE_KEY_B64";

    public const string KeyIdSetting = "JWT_KEY_ID";

    /// <summary>The secret that its HS256 tokens are signed with; null for none.</summary>
    public string? Secret { get; set; }

    /// <summary>The private key, a PEM, in base64 or as it is; null for none.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>What that key's tokens call it; null for a new name.</summary>
    public string? KeyId { get; set; }
}
