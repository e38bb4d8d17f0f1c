using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Agents;
using Dashboard.Hosting.Agents;

namespace Dashboard.Agents;

/// <summary>What administrators do with agents and their keys: asks, acts, and says what became of it. One per circuit.</summary>
public sealed class AgentActs(AgentKeys keys, AgentRemoval removal, Acts acts, Toasts toasts)
{
    /// <summary>What became of a new key; null where none was tried.</summary>
    public Task<AgentKeyChange?> CreateAsync(AgentKeyDraft draft, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
        await acts.AskAsync(Right.ManageAgents, AgentQuestions.Create(draft)) is ({ } who, { } reason)
            ? await keys.CreateAsync(draft, reason, who, cancellationToken)
            : null);

    /// <summary>The new secret of a key; null where nothing was changed.</summary>
    public async Task<string?> RotateAsync(AgentKey key, TimeSpan overlap, CancellationToken cancellationToken) => await acts.GuardAsync(async () =>
        await acts.AskAsync(Right.ManageAgents, AgentQuestions.Rotate(key, overlap)) is ({ } who, { } reason)
            ? Told(await keys.RotateAsync(key.Id, overlap, reason, who, cancellationToken), null)
            : null) is AgentKeyChange.Changed changed
            ? changed.Secret
            : null;

    public Task SetEnabledAsync(AgentKey key, bool isEnabled, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
        await acts.AskAsync(Right.ManageAgents, AgentQuestions.SetEnabled(key, isEnabled)) is ({ } who, { } reason)
            ? Told(
                await keys.SetEnabledAsync(key.Id, isEnabled, reason, who, cancellationToken),
                isEnabled ? "The key works again, and so do its agent’s tokens." : "The key is refused, and so are its agent’s tokens.")
            : null);

    public Task DeleteAsync(AgentKey key, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
        await acts.AskAsync(Right.ManageAgents, AgentQuestions.Delete(key)) is ({ } who, { } reason)
            ? Told(await keys.DeleteAsync(key.Id, reason, who, cancellationToken), "The key is deleted.")
            : null);

    public Task RemoveAsync(Agent agent, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
    {
        if (await acts.AskAsync(Right.ManageAgents, AgentQuestions.Remove(agent)) is not ({ } who, { } reason))
        {
            return null;
        }

        if (await removal.RemoveAsync(agent.Id, reason, who, cancellationToken))
        {
            toasts.Success("The agent is removed, and its tokens are revoked.");
        }
        else
        {
            toasts.Error("It had gone already. Nothing changed.");
        }

        return agent;
    });

    private AgentKeyChange Told(AgentKeyChange change, string? success)
    {
        if (change is not (AgentKeyChange.Changed or AgentKeyChange.Already or AgentKeyChange.Deleted))
        {
            toasts.Error(AgentRefusals.Describe(change));
        }
        else if (success is not null)
        {
            toasts.Success(success);
        }

        return change;
    }
}
