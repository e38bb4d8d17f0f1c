using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Bearer.Scopes;

/// <summary>Asks for every one of some scopes.</summary>
internal sealed class ScopeRequirement(IReadOnlyList<string> scopes) : IAuthorizationRequirement
{
    public IReadOnlyList<string> Scopes => scopes;

    public override string ToString() => $"Scopes: {string.Join(' ', Scopes)}";
}

internal sealed class ScopeHandler(SignetScopes signet) : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (signet.Has(context.User, requirement.Scopes))
        {
            context.Succeed(requirement);
        }
        else if (context.Resource is HttpContext request)
        {
            MissingScopes.Note(request, requirement.Scopes);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Carries the scopes that a refused request needs to its answer.</summary>
internal static class MissingScopes
{
    private static readonly object Key = new();

    public static void Note(HttpContext context, IReadOnlyList<string> scopes) =>
        context.Items[Key] = context.Items[Key] is string noted ? $"{noted} {string.Join(' ', scopes)}" : string.Join(' ', scopes);

    public static string? Of(HttpContext context) => context.Items[Key] as string;
}
