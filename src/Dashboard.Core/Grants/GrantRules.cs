using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Grants;

/// <summary>Decides which scopes and which resource a client may have, whatever grant it asks by. Never more than asked for.</summary>
public sealed class GrantRules
{
    private readonly IOptions<ProtectedResourceOptions> _resources;
    private readonly string _audience;

    internal GrantRules(IOptions<ProtectedResourceOptions> resources, IOptions<SignetOptions> signet) =>
        (_resources, _audience) = (resources, signet.Value.Audience);

    /// <summary>Checks what a client asks for; without a scope it gets all of its own.</summary>
    public GrantCheck Check(Client client, string? scope, string? resource)
    {
        if (RequestedScope.Parse(scope) is not { } asked)
        {
            return new GrantCheck.Refused(GrantError.InvalidScope, RequestedScope.Fault);
        }

        if (!asked.All(item => Covers(client.Scopes, item)))
        {
            return new GrantCheck.Refused(GrantError.InvalidScope, "The client may not have every scope that it asks for.");
        }

        if (FaultOf(client, resource) is { } fault)
        {
            return new GrantCheck.Refused(GrantError.InvalidTarget, fault);
        }

        return new GrantCheck.Allowed(asked is [] ? client.Scopes : asked, resource == _audience ? null : resource);
    }

    /// <summary>True where what is asked for later on is what was granted, or nothing in particular.</summary>
    internal bool IsGranted(string? granted, string? asked) => asked is null || asked == (granted ?? _audience);

    /// <summary>True where one of the scopes is this one, or a wildcard over it. What a scope implies is not meant here.</summary>
    internal static bool Covers(IReadOnlyList<string> scopes, string scope) =>
        scopes.Any(held => ScopeHierarchy.Matches(held, scope));

    /// <summary>What of a grant the client may still have: its registration may have become narrower since.</summary>
    internal static IReadOnlyList<string> Still(Client client, IReadOnlyList<string> granted) =>
        [.. granted.Where(scope => Covers(client.Scopes, scope))];

    // Exact, as the audience of the token is compared later on.
    private string? FaultOf(Client client, string? resource)
    {
        if (resource is null)
        {
            return null;
        }

        if (!IsResource(resource))
        {
            return "The resource must be an absolute URI without a fragment.";
        }

        if (resource == _audience)
        {
            return null;
        }

        var known = client.Resources is []
            ? _resources.Value.ProtectedResources.Select(item => item.Resource)
            : client.Resources;
        return known.Contains(resource, StringComparer.Ordinal)
            ? null
            : "The client may not ask for tokens for this resource.";
    }

    private static bool IsResource(string text) =>
        text.Length <= 255
        && text.All(char.IsAscii)
        && !text.Contains('#', StringComparison.Ordinal)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)

        // A path alone would be taken for that of a file.
        && text.StartsWith($"{uri.Scheme}:", StringComparison.OrdinalIgnoreCase);
}
