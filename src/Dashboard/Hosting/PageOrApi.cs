using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing.Matching;

namespace Dashboard.Hosting;

/// <summary>
/// Where a page and the API have the same address, as ARCP's <c>/agents</c> has: somebody who goes there with a browser gets the
/// page, everybody else the API. A request with credentials of its own is no browser's.
/// </summary>
internal sealed class PageOrApi : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => 0;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(IsPage) && endpoints.Any(endpoint => !IsPage(endpoint));

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var (pages, others) = (false, false);
        for (var index = 0; index < candidates.Count; index++)
        {
            if (candidates.IsValidCandidate(index))
            {
                pages |= IsPage(candidates[index].Endpoint);
                others |= !IsPage(candidates[index].Endpoint);
            }
        }

        if (pages && others)
        {
            var wantsPage = httpContext.Request is { IsNavigation: true, Headers.Authorization.Count: 0 };
            for (var index = 0; index < candidates.Count; index++)
            {
                if (IsPage(candidates[index].Endpoint) != wantsPage)
                {
                    candidates.SetValidity(index, false);
                }
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsPage(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
}
