using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Hosting.Clients;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Dashboard.Clients;

/// <summary>What administrators do with clients: asks, acts, and says what became of it. One per circuit.</summary>
public sealed class ClientActs(ClientAdministration administration, Acts acts, Toasts toasts, BrowserTime time, IJSRuntime script)
{
    /// <summary>Carries out an act on one client, as it was shown.</summary>
    public Task DoAsync(Client client, ClientAct act, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var question = act is ClientAct.Delete
            ? ClientQuestions.Delete(client, await administration.PreviewDeletionAsync(client.Id, cancellationToken), time)
            : ClientQuestions.Of(client, act);
        return await acts.AskAsync(Right.ManageClients, question) is ({ } who, { } reason)
            ? Tell(await CarryOutAsync(client, act, reason, who, cancellationToken), $"{client.Name} is {ClientQuestions.DoneOf(act)}.")
            : null;
    });

    /// <summary>
    /// Carries out an act on several clients one by one, to the end, whatever page is shown meanwhile; stops between two where
    /// told to, and where the store fails.
    /// </summary>
    /// <returns>Those that it came to; none where the operator thought better of it.</returns>
    public async Task<IReadOnlyList<Client>> DoAllAsync(
        IReadOnlyList<Client> clients, ClientAct act, Action<int> progressed, CancellationToken stop)
    {
        var done = 0;
        await GuardAsync(async () =>
        {
            var preview = act is ClientAct.Delete ? await PreviewAsync(clients, stop) : null;
            if (await acts.AskAsync(Right.ManageClients, ClientQuestions.Of(clients, act, preview, time)) is ({ } who, { } reason))
            {
                done = await CarryOutEachAsync(clients, act, reason, who, progressed, stop);
            }

            return null;
        });
        return [.. clients.Take(done)];
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
            Named = rows is { } count ? $"{CountText.Of(count, "client", isCapped)} as {format.ToUpperInvariant()}" : format.ToUpperInvariant(),
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

    private async Task<RevocationPreview> PreviewAsync(IEnumerable<Client> clients, CancellationToken cancellationToken)
    {
        var sum = new RevocationPreview(0, 0, 0, false, null);
        foreach (var client in clients)
        {
            var preview = await administration.PreviewDeletionAsync(client.Id, cancellationToken);
            sum = new RevocationPreview(
                sum.Tokens + preview.Tokens,
                sum.Clients + preview.Clients,
                sum.Subjects + preview.Subjects,
                sum.IsCapped || preview.IsCapped,
                sum.LastExpiryAt > preview.LastExpiryAt ? sum.LastExpiryAt : preview.LastExpiryAt ?? sum.LastExpiryAt);
        }

        return sum;
    }

    // How many it came to.
    private async Task<int> CarryOutEachAsync(
        IReadOnlyList<Client> clients, ClientAct act, string reason, Actor who, Action<int> progressed, CancellationToken stop)
    {
        var (done, changed) = (0, 0);
        try
        {
            while (done < clients.Count && !stop.IsCancellationRequested)
            {
                changed += await CarryOutAsync(clients[done], act, reason, who, CancellationToken.None) is ClientUpdate.Changed ? 1 : 0;
                progressed(++done);
            }
        }
        catch (StoreUnavailableException)
        {
            toasts.Error($"The store cannot be written now: {Told()} Those that are left are still selected; try again.");
            return done;
        }

        toasts.Success(done < clients.Count ? $"Stopped: {Told()}" : Told());
        return done;

        string Told() => $"{CountText.Of(changed, "client")} {ClientQuestions.DoneOf(act)}"
            + (changed == clients.Count ? "." : $", {clients.Count - changed} left as they were.");
    }

    private Task<ClientUpdate> CarryOutAsync(
        Client client, ClientAct act, string reason, Actor who, CancellationToken cancellationToken) => act switch
        {
            ClientAct.Enable => administration.SetEnabledAsync(client.Id, true, reason, who, cancellationToken),
            ClientAct.Disable => administration.SetEnabledAsync(client.Id, false, reason, who, cancellationToken),
            ClientAct.Verify => administration.VerifyAsync(client.Id, client.Version, reason, who, cancellationToken),
            ClientAct.Unverify => administration.UnverifyAsync(client.Id, reason, who, cancellationToken),
            ClientAct.Approve => administration.ApproveAsync(client.Id, client.Version, reason, who, cancellationToken),
            ClientAct.Reject => administration.RejectAsync(client.Id, reason, who, cancellationToken),
            ClientAct.Delete => administration.DeleteAsync(client.Id, reason, who, cancellationToken),
            ClientAct.Renew { Lifetime: var lifetime } => administration.RenewAsync(client.Id, lifetime, reason, who, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, "Nobody carries out this act."),
        };

    private Task<ClientUpdate.Changed?> RunAsync(ReasonQuestion question, Func<Allowed, Task<ClientUpdate>> act, string done) =>
        GuardAsync(async () => await acts.AskAsync(Right.ManageClients, question) is { } allowed ? Tell(await act(allowed), done) : null);

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

    private Task<ClientUpdate.Changed?> GuardAsync(Func<Task<ClientUpdate.Changed?>> act) => acts.GuardAsync(act, Acts.Unconfirmed);
}
