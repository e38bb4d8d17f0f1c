using Dashboard.Controls;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Microsoft.JSInterop;

namespace Dashboard.SignIn;

/// <summary>Asks the browser of this circuit to prove that it is the one that logged in.</summary>
public sealed class BrowserProof(IJSRuntime script, SessionGuard guard, CircuitConnection connection)
{
    private const string Module = "./js/browser-proof.js";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>The outcome; null where the browser has gone, which proves nothing either way.</summary>
    public async Task<ProofOutcome?> AskAsync(Session session, CancellationToken cancellationToken)
    {
        var challenge = ProofChallenge.For(connection.CircuitId);
        IJSObjectReference? module = null;
        ProofAnswer? answer = null;
        try
        {
            module = await script.InvokeAsync<IJSObjectReference>("import", LongestWait, Module);
            answer = await module.InvokeAsync<ProofAnswer>("prove", LongestWait, challenge.Circuit, challenge.Nonce);
        }
        catch (JSDisconnectedException)
        {
            return null;
        }
        catch (Exception exception) when (exception is JSException or OperationCanceledException)
        {
            // No answer, or one that is none: the guard takes it for a failed proof.
        }
        finally
        {
            await module.DisposeQuietlyAsync();
        }

        return await guard.ProveAsync(session, challenge, answer, cancellationToken);
    }
}
