namespace Dashboard.Core.Clients;

/// <summary>A client that is there from the first start, for containers and tests. Bound from the environment's names.</summary>
public sealed class FirstClientOptions
{
    public const string IdSetting = "SIGNET_CLIENT_ID";

    public const string SecretSetting = "SIGNET_CLIENT_SECRET";

    public const string ScopesSetting = "SIGNET_CLIENT_SCOPES";

    /// <summary>Null for no such client.</summary>
    public string? Id { get; set; }

    public string? Secret { get; set; }

    /// <summary>Space-delimited; null for none.</summary>
    public string? Scopes { get; set; }
}
