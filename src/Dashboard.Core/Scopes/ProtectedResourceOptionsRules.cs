using Microsoft.Extensions.Options;

namespace Dashboard.Core.Scopes;

/// <summary>Refuses resources that nobody could ask for, or whose rule would silently not hold.</summary>
internal sealed class ProtectedResourceOptionsRules : IValidateOptions<ProtectedResourceOptions>
{
    private const string Setting = $"{ProtectedResourceOptions.Section}:ProtectedResources";

    public ValidateOptionsResult Validate(string? name, ProtectedResourceOptions options)
    {
        if (options is not { ProtectedResources: { } resources, OtherHosts: { } hosts } || resources.Exists(item => item?.Scopes is null))
        {
            return ValidateOptionsResult.Fail($"{Setting}, its entries, their Scopes and OAuth:OtherHosts must not be null.");
        }

        var failures = resources
            .Select(item => FaultOf(item.Resource))
            .OfType<string>()
            .Concat(resources
                .Where(item => ScopeText.FaultOf(item.Scopes) is not null)
                .Select(item => $"{Setting} has scopes for '{item.Resource}' that no token can hold: the list "
                    + $"{ScopeText.FaultOf(item.Scopes)}."))
            .Concat(DoublesIn(resources))
            .Concat(hosts.Where(host => host is null || ResourcePlace.HostOf(host) is null).Select(host =>
                $"{ProtectedResourceOptions.Section}:OtherHosts must list hosts such as api.example.com, but has '{host}'."))
            .ToList();
        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string? FaultOf(string resource)
    {
        if (!IsIdentifier(resource, out var address))
        {
            return $"{Setting} must list absolute URIs without query or fragment, such as https://api.example.com, but has "
                + $"'{resource}'.";
        }

        if (!ResourcePlace.IsPlace(address))
        {
            return null;
        }

        if (ResourcePlace.Of(resource) is null || address.AbsolutePath.Contains("//", StringComparison.Ordinal))
        {
            return $"{Setting} has '{resource}', whose path servers could read in two ways: it must have no repeated "
                + "slashes, no semicolons, and no slashes, backslashes or control characters that are percent-encoded.";
        }

        // A client believes only metadata that names exactly the address it asked about (RFC 9728 section 3.3).
        return address.AbsolutePath is not "/" && resource.EndsWith('/')
            ? $"{Setting} has '{resource}', which must not end with a slash."
            : null;
    }

    // The rule of only one of two at the same place would hold, whatever the case in which paths are written.
    private static IEnumerable<string> DoublesIn(List<ProtectedResource> resources) => resources
        .Where(item => IsIdentifier(item.Resource, out _))
        .GroupBy(
            item => ResourcePlace.Of(item.Resource) is { } place ? $"//{place.Host}{place.Path.ToUpperInvariant()}" : item.Resource,
            StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => $"{Setting} must not list one place twice, but has {string.Join(" and ", group.Select(item => $"'{item.Resource}'"))}.");

    // A path on Unix reads as an absolute file URI: the scheme must be there.
    private static bool IsIdentifier(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!)
        && text.StartsWith(address.Scheme + ":", StringComparison.OrdinalIgnoreCase)
        && address is { Query: "", Fragment: "" }
        && !text.Contains('#', StringComparison.Ordinal)
        && !text.Contains('?', StringComparison.Ordinal);
}
