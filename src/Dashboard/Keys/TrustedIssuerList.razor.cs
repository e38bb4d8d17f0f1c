using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;

namespace Dashboard.Keys;

/// <summary>
/// Trusted issuers and how their keys are. Loads by itself, and shows nothing to whoever may not see keys: a page only places it.
/// </summary>
public sealed partial class TrustedIssuerList(TrustedIssuers trusted, CurrentOperator current, Acts acts, Toasts toasts) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<TrustedIssuerHealth>? _issuers;
    private bool _mayFetch;
    private string? _fetching;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var mayRead = await current.MayAsync(Right.ReadKeys);
        var mayFetch = mayRead && await current.MayAsync(Right.ManageKeys);
        (_issuers, _mayFetch) = (mayRead ? trusted.List() : null, mayFetch);
    }

    private async Task FetchAsync(TrustedIssuerHealth issuer)
    {
        var question = new ReasonQuestion
        {
            Title = "Fetch the keys now?",
            Named = issuer.Name,
            Consequence = $"Signet, on every node, asks {issuer.Host} for its keys. A key that is not among them any more verifies nothing from then on.",
            Survives = "If they cannot be fetched, the keys that are known stay as good as they are.",
            ActionLabel = "Fetch now",
            IsDestructive = false,
        };
        if (await acts.AskAsync(Right.ManageKeys, question) is not ({ } who, { } reason))
        {
            return;
        }

        _fetching = issuer.Name;
        try
        {
            Tell(issuer, await trusted.RefreshAsync(issuer.Name, reason, who, _left.Token));
        }
        catch (StoreUnavailableException)
        {
            toasts.Error("The store cannot be written now, so nothing was fetched. Try again.");
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left; the fetch goes on.
            return;
        }
        finally
        {
            _fetching = null;
        }

        await LoadAsync();
    }

    private void Tell(TrustedIssuerHealth issuer, IssuerRefresh outcome)
    {
        switch (outcome)
        {
            case IssuerRefresh.Fetched { Health: var health }:
                toasts.Success($"The keys of {issuer.Name} are fetched: {IssuerWords.KeysOf(health)}.");
                break;
            case IssuerRefresh.Failed { Fault: var fault }:
                toasts.Error($"The keys of {issuer.Name} cannot be fetched. {fault}");
                break;
            case IssuerRefresh.TooSoon { Wait: var wait }:
                toasts.Error($"They were asked for a moment ago. {Problems.TryAgain(wait)}");
                break;
            default:
                toasts.Error($"{issuer.Name} has no keys to fetch any more. Nothing was done.");
                break;
        }
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
