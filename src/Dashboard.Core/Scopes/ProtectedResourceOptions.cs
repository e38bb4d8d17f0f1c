using Microsoft.Extensions.Options;

namespace Dashboard.Core.Scopes;

/// <summary>The APIs that tokens are issued for. Bound from <c>OAuth</c>.</summary>
public sealed class ProtectedResourceOptions
{
    public const string Section = "OAuth";

    public List<ProtectedResource> ProtectedResources { get; set; } = [];
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

/// <summary>Refuses resources that nobody could ask for.</summary>
internal sealed class ProtectedResourceOptionsRules : IValidateOptions<ProtectedResourceOptions>
{
    private const string Setting = $"{ProtectedResourceOptions.Section}:ProtectedResources";

    public ValidateOptionsResult Validate(string? name, ProtectedResourceOptions options)
    {
        var failures = options.ProtectedResources
            .Where(item => !IsIdentifier(item.Resource))
            .Select(item =>
                $"{Setting} must list absolute URIs without query or fragment, such as https://api.example.com, but has "
                + $"'{item.Resource}'.")
            .Concat(options.ProtectedResources
                .Where(item => ScopeText.FaultOf(item.Scopes) is not null)
                .Select(item => $"{Setting} has scopes for '{item.Resource}' that no token can hold: the list "
                    + $"{ScopeText.FaultOf(item.Scopes)}."))
            .Concat(options.ProtectedResources
                .GroupBy(item => item.Resource, StringComparer.Ordinal)
                .Where(group => group.Count() > 1)
                .Select(group => $"{Setting} has '{group.Key}' more than once."))
            .ToList();
        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // A path on Unix reads as an absolute file URI: the scheme must be there.
    private static bool IsIdentifier(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && text.StartsWith(address.Scheme + ":", StringComparison.OrdinalIgnoreCase)
        && address is { Query: "", Fragment: "" }
        && !text.Contains('#', StringComparison.Ordinal)
        && !text.Contains('?', StringComparison.Ordinal);
}
