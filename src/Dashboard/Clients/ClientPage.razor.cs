using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Clients;

/// <summary>One client: what it is and may do, its secrets, what was refused, what was done to it.</summary>
public sealed partial class ClientPage(
    ClientSources sources, ClientActs acts, CurrentOperator current, TimeProvider clock) : IDisposable
{
    private const int Latest = 10;

    private readonly CancellationTokenSource _left = new();
    private Client? _client;
    private IReadOnlyList<SecurityEvent>? _refusals;
    private IReadOnlyList<AuditRecord>? _history;

    // Lives in this component alone, and no longer than it is looked at.
    private ShownSecret? _shown;
    private string? _liveTokens;
    private string? _loadedId;
    private bool _isLoaded;
    private bool _mayManage;
    private int _newestLoad;

    [Parameter]
    public string Id { get; set; } = "";

    private ClientStanding Standing => _client!.StandingAt(clock.GetUtcNow());

    protected override Task OnParametersSetAsync()
    {
        if (Id == _loadedId)
        {
            return Task.CompletedTask;
        }

        (_loadedId, _client, _shown, _refusals, _history, _liveTokens, _isLoaded) = (Id, null, null, null, null, null, false);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var (load, id) = (++_newestLoad, Id);
        var client = await sources.Clients.ReadAsync(id, _left.Token);
        var mayManage = await current.MayAsync(Right.ManageClients);

        // Not even loaded for whoever may not read the audit log.
        var history = client is not null && await current.MayAsync(Right.ReadAudit)
            ? await sources.Audit.ReadNewestAsync(new AuditFilter(ObjectId: id), Latest, _left.Token)
            : null;
        if (load != _newestLoad)
        {
            return;
        }

        (_client, _history, _mayManage, _isLoaded) = (client, history, mayManage, true);
        StateHasChanged();
        if (client is null)
        {
            return;
        }

        // After the client is there: a ledger of millions is not waited for.
        var liveTokens = await sources.Tokens.CountLiveAsync(id, _left.Token);
        var refusals = await sources.Events.ListAsync(
            new EventFilter(Outcome: EventOutcome.Refused, Client: id), null, Latest, _left.Token);
        if (load == _newestLoad)
        {
            (_liveTokens, _refusals) = (liveTokens, refusals.Items);
            StateHasChanged();
        }
    }

    private async Task ActAsync(ClientAct act)
    {
        await acts.DoAsync(_client!, act, _left.Token);
        await LoadAsync();
    }

    private async Task AddSecretAsync(TimeSpan? lifetime)
    {
        _shown = await acts.AddSecretAsync(_client!, lifetime, _left.Token) is { } secret
            ? new ShownSecret("Client secret", secret, "Give it to whoever runs the client. The secrets before it work on until you delete them.")
            : _shown;
        await LoadAsync();
    }

    private async Task DeleteSecretAsync(ClientSecret secret)
    {
        await acts.DeleteSecretAsync(_client!, secret, _left.Token);
        await LoadAsync();
    }

    private async Task NewRegistrationTokenAsync()
    {
        _shown = await acts.NewRegistrationTokenAsync(_client!, _left.Token) is { } token
            ? new ShownSecret("Registration token", token, "Whoever has it reads, changes and deletes this registration (RFC 7592).")
            : _shown;
        await LoadAsync();
    }

    public void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        _shown = null;
    }

    private sealed record ShownSecret(string Label, string Value, string Advice)
    {
        /// <summary>Without the secret.</summary>
        public override string ToString() => Label;
    }
}

/// <summary>Where the page of a client reads from.</summary>
public sealed record ClientSources(ClientDirectory Clients, ClientTokens Tokens, EventLog Events, AuditLog Audit);
