using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Dashboard.Clients;

/// <summary>What administrators do with clients: asks, acts, and says what became of it. One per circuit.</summary>
public sealed class ClientActs(ClientAdministration administration, Acts acts, Toasts toasts, IJSRuntime script)
{
    /// <summary>Carries out an act on one client.</summary>
    public Task DoAsync(Client client, ClientAct act, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var question = act is ClientAct.Delete
            ? ClientQuestions.Delete(client, await administration.PreviewDeletionAsync(client.Id, cancellationToken))
            : ClientQuestions.Of(client, act);
        return await acts.AskAsync(Right.ManageClients, question) is ({ } who, { } reason)
            ? Tell(await CarryOutAsync(client.Id, act, reason, who, cancellationToken), $"{client.Name} is {ClientQuestions.DoneOf(act)}.")
            : null;
    });

    /// <summary>
    /// Carries out an act on several clients one by one; stops between two where told to. False where the operator thought
    /// better of it.
    /// </summary>
    public async Task<bool> DoAllAsync(
        IReadOnlyCollection<Client> clients, ClientAct act, Action<int> progressed, CancellationToken cancellationToken)
    {
        var wasDone = false;
        await GuardAsync(async () =>
        {
            var (tokens, isCapped) = act is ClientAct.Delete ? await PreviewAsync(clients, cancellationToken) : (0, false);
            if (await acts.AskAsync(Right.ManageClients, ClientQuestions.Of(clients, act, tokens, isCapped)) is ({ } who, { } reason))
            {
                wasDone = true;
                await CarryOutEachAsync(clients, act, reason, who, progressed, cancellationToken);
            }

            return null;
        });
        return wasDone;
    }

    /// <summary>The new secret, to be shown once; null where there is none.</summary>
    public async Task<string?> AddSecretAsync(Client client, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        (await RunAsync(
            SecretQuestions.Add(client, lifetime),
            allowed => administration.AddSecretAsync(client.Id, lifetime, allowed.Reason, allowed.Who, cancellationToken),
            $"{client.Name} has a new secret."))?.Secret;

    /// <summary>Asks once more where the secret may still be needed.</summary>
    public Task DeleteSecretAsync(Client client, ClientSecret secret, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (await acts.AskAsync(Right.ManageClients, SecretQuestions.Delete(client, secret)) is not ({ } who, { } reason))
        {
            return null;
        }

        var update = await administration.DeleteSecretAsync(client.Id, secret.Id, false, reason, who, cancellationToken);
        if (update is ClientUpdate.SecretInUse)
        {
            if (await acts.AskAsync(Right.ManageClients, SecretQuestions.ForceDelete(client, secret)) is not { } again)
            {
                return null;
            }

            update = await administration.DeleteSecretAsync(client.Id, secret.Id, true, again.Reason, again.Who, cancellationToken);
        }

        return Tell(update, $"The secret {secret.Prefix}… is deleted.");
    });

    /// <summary>The new registration token, to be shown once; null where there is none.</summary>
    public async Task<string?> NewRegistrationTokenAsync(Client client, CancellationToken cancellationToken) =>
        (await RunAsync(
            SecretQuestions.NewRegistrationToken(client),
            allowed => administration.NewRegistrationTokenAsync(client.Id, allowed.Reason, allowed.Who, cancellationToken),
            $"{client.Name} has a new registration token."))?.Secret;

    /// <summary>Asks why, then lets the browser download with a ticket that works once.</summary>
    /// <param name="query">The filter, as the clients page writes it into its address.</param>
    /// <param name="format"><c>csv</c> or <c>ndjson</c>.</param>
    /// <param name="rows">How many rows that are; null where it is not known yet.</param>
    /// <param name="isCapped">True where there are more than that.</param>
    public async Task ExportAsync(string query, string format, long? rows, bool isCapped)
    {
        var question = new ReasonQuestion
        {
            Title = "Export these clients?",
            Named = rows is { } count ? $"{ClientQuestions.Count(count, "client", isCapped)} as {format.ToUpperInvariant()}" : format.ToUpperInvariant(),
            Consequence = "A file with names, owners, redirect URIs and scopes leaves Signet. It holds no secret.",
            ActionLabel = "Export",
            IsDestructive = false,
        };
        if (await acts.AskAsync(Right.Export, question) is { Reason: var reason })
        {
            var address = QueryHelpers.AddQueryString("/dashboard/clients/export" + query, "format", format);
            await script.InvokeVoidAsync("signet.download", QueryHelpers.AddQueryString(address, "reason", reason), $"clients.{format}");
        }
    }

    private async Task<(long Tokens, bool IsCapped)> PreviewAsync(IEnumerable<Client> clients, CancellationToken cancellationToken)
    {
        var (tokens, isCapped) = (0L, false);
        foreach (var client in clients)
        {
            var preview = await administration.PreviewDeletionAsync(client.Id, cancellationToken);
            (tokens, isCapped) = (tokens + preview.Tokens, isCapped || preview.IsCapped);
        }

        return (tokens, isCapped);
    }

    private async Task CarryOutEachAsync(
        IReadOnlyCollection<Client> clients, ClientAct act, string reason, Actor who, Action<int> progressed, CancellationToken cancellationToken)
    {
        var (done, changed) = (0, 0);
        foreach (var client in clients)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            changed += await CarryOutAsync(client.Id, act, reason, who, CancellationToken.None) is ClientUpdate.Changed ? 1 : 0;
            progressed(++done);
        }

        var (word, rest) = (ClientQuestions.DoneOf(act), clients.Count - changed);
        toasts.Success($"{ClientQuestions.Count(changed, "client")} {word}{(rest is 0 ? "." : $", {rest} left as they were.")}");
    }

    private Task<ClientUpdate> CarryOutAsync(string id, ClientAct act, string reason, Actor who, CancellationToken cancellationToken) => act switch
    {
        ClientAct.Enable => administration.SetEnabledAsync(id, true, reason, who, cancellationToken),
        ClientAct.Disable => administration.SetEnabledAsync(id, false, reason, who, cancellationToken),
        ClientAct.Verify => administration.SetVerifiedAsync(id, true, reason, who, cancellationToken),
        ClientAct.Unverify => administration.SetVerifiedAsync(id, false, reason, who, cancellationToken),
        ClientAct.Approve => administration.ApproveAsync(id, reason, who, cancellationToken),
        ClientAct.Reject => administration.RejectAsync(id, reason, who, cancellationToken),
        ClientAct.Delete => administration.DeleteAsync(id, reason, who, cancellationToken),
        ClientAct.Renew { Lifetime: var lifetime } => administration.RenewAsync(id, lifetime, reason, who, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "Nobody carries out this act."),
    };

    private async Task<ClientUpdate.Changed?> RunAsync(
        ReasonQuestion question, Func<Allowed, Task<ClientUpdate>> act, string done)
    {
        ClientUpdate.Changed? changed = null;
        await GuardAsync(async () => await acts.AskAsync(Right.ManageClients, question) is { } allowed
            ? changed = Tell(await act(allowed), done)
            : null);
        return changed;
    }

    private ClientUpdate.Changed? Tell(ClientUpdate update, string done)
    {
        if (update is ClientUpdate.Changed changed)
        {
            toasts.Success(done);
            return changed;
        }

        toasts.Error(ClientRefusals.Describe(update));
        return null;
    }

    private async Task GuardAsync(Func<Task<ClientUpdate.Changed?>> act)
    {
        try
        {
            await act();
        }
        catch (StoreUnavailableException)
        {
            toasts.Error("The store cannot be written now. What was not confirmed was not done; try again.");
        }
    }
}
