using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Microsoft.AspNetCore.Components;

namespace Dashboard.SignIn;

/// <summary>
/// Stands before everything that a circuit shows: a cookie alone opens nothing. Asks again after every reconnect; what is
/// already on the screen stays there meanwhile, so that nothing typed is lost.
/// </summary>
public sealed partial class CircuitGate(CircuitSession session, CircuitConnection connection, BrowserProof proof) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private bool _isOpen;
    private bool _isCovered;

    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = null!;

    public void Dispose()
    {
        connection.OnReconnected = null;
        _left.Cancel();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            connection.OnReconnected = AskAgain;
            await AskAsync();
        }
    }

    private void AskAgain() => _ = InvokeAsync(async () =>
    {
        try
        {
            await AskAsync();
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private async Task AskAsync()
    {
        switch (await session.FindAsync(_left.Token))
        {
            case SessionLookup.Live { Session: var live }:
                Apply(await proof.AskAsync(live, _left.Token));
                break;
            case SessionLookup.Challenged:
                Cover();
                break;
            case SessionLookup.Ended { Reason: var reason }:
                Close(reason);
                break;
            default:
                Close(null);
                break;
        }
    }

    private void Apply(ProofOutcome? outcome)
    {
        switch (outcome)
        {
            case ProofOutcome.Passed:
                connection.IsProven = true;
                _isOpen = true;
                _isCovered = false;
                StateHasChanged();
                break;
            case ProofOutcome.Challenged:
                Cover();
                break;
            case ProofOutcome.Ended:
                Close(SessionEndReason.ProofFailed);
                break;
            case null:
                // The browser has gone. When it is back, it is asked again.
                break;
            default:
                throw new InvalidOperationException($"There is no outcome {outcome}.");
        }
    }

    // What the page shows stays under the cover, with all that was typed; nothing is given out meanwhile.
    private void Cover()
    {
        connection.IsProven = false;
        _isCovered = true;
        StateHasChanged();
    }

    private void Close(SessionEndReason? reason)
    {
        connection.IsProven = false;
        _isOpen = false;
        _isCovered = false;
        StateHasChanged();
        session.Leave(reason);
    }
}
