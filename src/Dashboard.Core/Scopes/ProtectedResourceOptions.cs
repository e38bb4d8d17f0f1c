namespace Dashboard.Core.Scopes;

/// <summary>The APIs that accept tokens of this deployment. Bound from <c>OAuth</c>.</summary>
public sealed class ProtectedResourceOptions
{
    public const string Section = "OAuth";

    /// <summary>Every protected resource.</summary>
    public List<ProtectedResource> ProtectedResources { get; set; } = [];
}

/// <summary>An API that accepts tokens.</summary>
public sealed class ProtectedResource
{
    /// <summary>Its identifier, an absolute URI: the audience of tokens for it (RFC 8707), and its metadata's (RFC 9728).</summary>
    public string Resource { get; set; } = "";

    /// <summary>What people call it; null for no name.</summary>
    public string? Name { get; set; }

    /// <summary>The scopes that it knows.</summary>
    public List<string> Scopes { get; set; } = [];
}
