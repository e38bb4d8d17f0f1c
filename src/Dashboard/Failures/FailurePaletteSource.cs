using Dashboard.Controls;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.Failures;

/// <summary>Offers the stored report of a failure reference. Whether there is one, its page says.</summary>
internal sealed class FailurePaletteSource(
    AuthenticationStateProvider authentication, IAuthorizationService authorization) : IPaletteSource
{
    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!FailureReference.IsReference(text))
        {
            return [];
        }

        var user = (await authentication.GetAuthenticationStateAsync()).User;
        return (await authorization.AuthorizeAsync(user, Policies.ReadTokens)).Succeeded
            ? [new PaletteItem($"Open failure {text}", "The stored report of one refusal", $"/failures/{text}", "Failures")]
            : [];
    }
}
