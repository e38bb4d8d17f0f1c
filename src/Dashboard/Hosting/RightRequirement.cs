using Dashboard.Core.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Dashboard.Hosting;

/// <summary>A right of the core's table that an endpoint or page needs.</summary>
internal sealed record RightRequirement(Right Right) : IAuthorizationRequirement;

/// <summary>The operator has the right, but did not prove lately that it is them.</summary>
internal sealed class StaleProof(IAuthorizationHandler handler)
    : AuthorizationFailureReason(handler, "The last proof is too old.");

/// <summary>
/// Asks the core's table. Where a dangerous right is used, and not only the page opened that has it, the last proof must be
/// fresh as well.
/// </summary>
internal sealed class RightHandler(AccessControl access) : AuthorizationHandler<RightRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RightRequirement requirement)
    {
        if (context.User.Identity is not { IsAuthenticated: true, Name: not null })
        {
            return Task.CompletedTask;
        }

        switch (access.Check(context.User.Actor(null), requirement.Right))
        {
            case null:
                context.Succeed(requirement);
                break;
            case AccessRefusal.Proof when !IsAct(context.Resource):
                context.Succeed(requirement);
                break;
            case AccessRefusal.Proof:
                context.Fail(new StaleProof(this));
                break;
        }

        return Task.CompletedTask;
    }

    // A page only shows what could be done; what it does then goes through the core, which asks again.
    private static bool IsAct(object? resource) =>
        resource is HttpContext context && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null;
}
