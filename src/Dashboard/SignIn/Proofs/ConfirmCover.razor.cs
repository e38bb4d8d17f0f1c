using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.SignIn.Proofs;

/// <summary>Covers an open page whose session waits until its person confirms that a changed browser is theirs.</summary>
public sealed partial class ConfirmCover(CircuitSession session, OperatorDirectory operators, IJSRuntime js) : IAsyncDisposable
{
    private const string Module = "./Controls/DialogHost.razor.js";

    private readonly CancellationTokenSource _left = new();
    private ElementReference _dialog;
    private IJSObjectReference? _module;
    private ProofFields? _fields;
    private ProofQuestion? _question;

    /// <summary>Called when the person was recognised: the session goes on.</summary>
    [Parameter, EditorRequired]
    public Action OnProved { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _module.DisposeQuietlyAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        if (await session.FindAsync(_left.Token) is SessionLookup.Challenged { Session.OperatorId: var id }
            && operators.Find(id)?.SecondFactors is { } factors)
        {
            _question = Acts.QuestionOf(factors);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_question is null || _module is not null)
        {
            return;
        }

        try
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", _left.Token, Module);
            await _module.InvokeVoidAsync("open", _left.Token, _dialog);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The tab was closed.
        }
    }

    private async Task ConfirmAsync()
    {
        if (_fields is not null && await _fields.ProveAsync())
        {
            OnProved();
        }
    }

    private void Leave() => session.Leave(null);
}
