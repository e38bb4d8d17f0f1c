using Dashboard.Core.Access;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Hosting;
using Microsoft.Extensions.Options;

namespace Dashboard.Clients.Registration;

/// <summary>Who may register clients, and the tokens that let somebody do it.</summary>
public sealed partial class RegistrationPage(
    RegistrationPolicies policies, InitialAccessTokens initialTokens, CurrentOperator current, IOptions<ClientOptions> options) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private readonly TimeSpan _default = options.Value.Lifetime;
    private RegistrationPolicy _policy = policies.Current;
    private IReadOnlyList<InitialAccessToken>? _tokens;
    private bool _mayManage;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var tokens = await initialTokens.ListAsync(_left.Token);
        var mayManage = await current.MayAsync(Right.ManageClients);
        (_policy, _tokens, _mayManage) = (policies.Current, tokens, mayManage);
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
