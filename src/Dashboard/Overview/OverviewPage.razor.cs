using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.Overview;

/// <summary>The state of everything at a glance, kept true while it is looked at.</summary>
public sealed partial class OverviewPage(
    OverviewSources sources,
    IAuthorizationService authorization,
    AuthenticationStateProvider authentication,
    TimeProvider clock) : IDisposable
{
    private const int Newest = 8;

    // A busy Signet changes many times a second; people read once.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _left = new();
    private OverviewNumbers? _numbers;
    private SystemHealth? _health;
    private IReadOnlyList<SecurityEvent>? _refusals;
    private IReadOnlyList<AuditRecord>? _changes;
    private IReadOnlyList<LedgerEntry>? _first;
    private bool _hasClients;
    private bool _storeFailed;
    private bool _isWaiting;

    private string Since => Uri.EscapeDataString(
        (clock.GetUtcNow() - OverviewNumbers.Window).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));

    protected override Task OnInitializedAsync() => LoadAsync();

    // Changes during the pause are seen by the one load after it.
    private async Task RefreshAsync()
    {
        if (_isWaiting)
        {
            return;
        }

        _isWaiting = true;
        try
        {
            await Task.Delay(Pause, clock, _left.Token);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _isWaiting = false;
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            _health = await sources.Health.ReadAsync(_left.Token);
            _numbers = await OverviewNumbers.ReadAsync(sources.Tokens, sources.Events, clock.GetUtcNow(), _left.Token);
            _refusals = await sources.Events.ReadNewestAsync(EventKinds.TokenRefused, Newest, _left.Token);
            _first = (await sources.Tokens.ListAsync(new LedgerFilter(), null, FirstSteps.Few, _left.Token)).Items;
            _hasClients = (await sources.Clients.ListAsync(new ClientFilter(), null, 1, _left.Token)).Items is not [];
            _changes = await ReadChangesAsync();
            _storeFailed = false;
        }
        catch (StoreUnavailableException)
        {
            _storeFailed = true;
            _ = InvokeAsync(RefreshAsync);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    // Not even loaded for whoever may not read the audit log.
    private async Task<IReadOnlyList<AuditRecord>?> ReadChangesAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        return (await authorization.AuthorizeAsync(user, Policies.ReadAudit)).Succeeded
            ? (await sources.Audit.ListAsync(new AuditFilter(), null, Newest, _left.Token)).Items
            : null;
    }

    // Cancelled, not disposed: a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}

/// <summary>Where the overview reads from: it is the one page that shows several features.</summary>
public sealed record OverviewSources(
    HealthReader Health, TokenDirectory Tokens, EventLog Events, AuditLog Audit, ClientDirectory Clients);
