using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Controls;

/// <summary>Asks somebody to prove that it is them. The browser sends the proof by itself and gets its session's new id.</summary>
public sealed partial class ProofFields(IJSRuntime js) : IAsyncDisposable
{
    private const string Module = "./js/session-proof.js";

    private ElementReference _root;
    private IJSObjectReference? _module;
    private string? _error;
    private bool _isProved;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public ProofQuestion Question { get; set; } = null!;

    private string Label => Question switch
    {
        { HasAuthenticator: true } => "One-time code",
        { HasPasskey: true } => "Recovery code",
        _ => "Your password",
    };

    private string? Hint => Question.HasAuthenticator ? "From your authenticator app. A recovery code works, too." : null;

    /// <summary>Sends what was typed; true where the person was recognised, now or by a passkey before.</summary>
    public async Task<bool> ProveAsync()
    {
        if (!_isProved && !_isBusy)
        {
            await AskAsync("prove", _root, Question.NeedsFactor ? "code" : "password");
        }

        return _isProved;
    }

    public async ValueTask DisposeAsync() => await _module.DisposeQuietlyAsync();

    private Task UsePasskeyAsync() => AskAsync("provePasskey");

    private async Task AskAsync(string method, params object[] values)
    {
        _isBusy = true;
        try
        {
            _module ??= await js.InvokeAsync<IJSObjectReference>("import", Module);

            // Longer than other calls: somebody looks for their phone.
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            var result = await _module.InvokeAsync<ProofResult?>(method, patience.Token, values);
            _isProved = result is { Ok: true };
            _error = _isProved ? null : result?.Message ?? "That was not right. Try again.";
        }
        catch (Exception exception) when (exception is JSException or OperationCanceledException)
        {
            _error = "The browser could not send it. Try again.";
        }
        finally
        {
            _isBusy = false;
        }

        StateHasChanged();
    }
}
