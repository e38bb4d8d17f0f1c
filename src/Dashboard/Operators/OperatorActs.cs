using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;

namespace Dashboard.Operators;

/// <summary>What administrators do with an operator: asks, acts, and says what became of it. One per circuit.</summary>
public sealed class OperatorActs(
    OperatorAdministration administration, OperatorUnlocking unlocking, Acts acts, Toasts toasts)
{
    public Task ChangeRoleAsync(OperatorAccount account, string role, CancellationToken cancellationToken) => RunAsync(
        OperatorQuestions.ChangeRole(account, role),
        allowed => administration.ChangeRoleAsync(account.Id, role, allowed.Reason, allowed.Who, cancellationToken),
        $"{account.UserName} is {role} now.");

    public Task SetEnabledAsync(OperatorAccount account, bool isEnabled, CancellationToken cancellationToken) => RunAsync(
        isEnabled ? OperatorQuestions.Enable(account) : OperatorQuestions.Disable(account),
        allowed => administration.SetEnabledAsync(account.Id, isEnabled, allowed.Reason, allowed.Who, cancellationToken),
        isEnabled ? $"{account.UserName} may sign in again." : $"{account.UserName} is disabled. Every session of theirs has ended.");

    /// <summary>The new password, to be shown once; null where nothing was done.</summary>
    public async Task<string?> ResetAsync(OperatorAccount account, CancellationToken cancellationToken) =>
        (await RunAsync(
            OperatorQuestions.Reset(account),
            allowed => administration.ResetAsync(account.Id, allowed.Reason, allowed.Who, cancellationToken),
            $"{account.UserName} has a new password. Every session of theirs has ended."))?.Password;

    public Task UnlockAsync(OperatorAccount account, CancellationToken cancellationToken) => RunAsync(
        OperatorQuestions.Unlock(account),
        async allowed => await unlocking.UnlockAsync(account.Id, allowed.Reason, allowed.Who, cancellationToken)
            ? new OperatorUpdate.Changed(account, null)
            : new OperatorUpdate.Unknown(),
        $"{account.UserName} can try again at once, from wherever they are.");

    private async Task<OperatorUpdate.Changed?> RunAsync(
        ReasonQuestion question, Func<Allowed, Task<OperatorUpdate>> act, string done)
    {
        if (await acts.AskAsync(Right.ManageOperators, question) is not { } allowed)
        {
            return null;
        }

        try
        {
            var update = await act(allowed);
            if (update is OperatorUpdate.Changed changed)
            {
                toasts.Success(done);
                return changed;
            }

            toasts.Error(OperatorRefusals.Describe(update));
        }
        catch (StoreUnavailableException)
        {
            toasts.Error("The store cannot be written now. Nothing was changed; try again.");
        }

        return null;
    }
}
