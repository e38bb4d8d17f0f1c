namespace Dashboard.Core.Scopes;

/// <summary>The APIs that tokens are issued for. Bound from <c>OAuth</c>.</summary>
public sealed class ProtectedResourceOptions
{
    public const string Section = "OAuth";

    public List<ProtectedResource> ProtectedResources { get; set; } = [];

    /// <summary>
    /// Hosts behind a reverse proxy that are no resources, with their port where it is an unusual one: tokens for Signet's own
    /// audience open all that is there.
    /// </summary>
    public List<string> OtherHosts { get; set; } = [];
}

/// <summary>An API that takes our tokens (RFC 9728).</summary>
public sealed class ProtectedResource
{
    /// <summary>Where it is, and the <c>aud</c> of its tokens: an absolute URI such as <c>https://api.example.com/mcp</c>.</summary>
    public string Resource { get; set; } = "";

    /// <summary>What people call it; null for nothing but its address.</summary>
    public string? Name { get; set; }

    /// <summary>The scopes that every request to it needs, all of them.</summary>
    public List<string> Scopes { get; set; } = [];
}
