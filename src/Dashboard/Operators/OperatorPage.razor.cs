using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Core.Throttling;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Operators;

/// <summary>One operator: what they are, what was done to them, and what administrators may do.</summary>
public sealed partial class OperatorPage(
    OperatorDirectory operators, OperatorUnlocking unlocking, AuditLog audit, OperatorActs acts, CurrentOperator current) : IDisposable
{
    private const int LatestEntries = 10;

    // As many as a device has free: from there on somebody may be waiting.
    private const int ManyFailures = 5;

    private readonly CancellationTokenSource _left = new();
    private OperatorAccount? _account;
    private IReadOnlyList<AuditRecord> _history = [];

    // Lives in this component alone, and no longer than it is looked at.
    private string? _password;
    private string? _loadedId;
    private bool _isLoaded;
    private bool _isOwn;
    private bool _mayManage;
    private bool _mayChange;
    private AccountThrottle? _throttle;
    private int _newestLoad;

    [Parameter]
    public string Id { get; set; } = "";

    protected override Task OnParametersSetAsync()
    {
        if (Id == _loadedId)
        {
            return Task.CompletedTask;
        }

        (_loadedId, _account, _password, _isLoaded) = (Id, null, null, false);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var load = ++_newestLoad;
        var account = operators.Find(Id);
        var history = account is null
            ? []
            : await audit.ReadNewestAsync(new AuditFilter(ObjectId: account.Id), LatestEntries, _left.Token);
        var throttle = await unlocking.FindAsync(Id, _left.Token);
        var reader = await current.FindAsync(Right.ReadOperators);
        var mayManage = await current.MayAsync(Right.ManageOperators);
        if (load != _newestLoad)
        {
            return;
        }

        (_account, _history, _isLoaded) = (account, history, true);
        _isOwn = account is not null && reader is not null && OperatorAdministration.IsOneself(account, reader);
        _throttle = throttle;
        _mayManage = mayManage;
        _mayChange = mayManage && !_isOwn;
        StateHasChanged();
    }

    private static string TitleOf(AccountThrottle throttle) => throttle switch
    {
        { IsStopped: true } => "Unknown devices are refused",
        { IsBlocked: true } => "Unknown devices have to wait",
        _ => "Logins have failed lately",
    };

    private async Task ChangeRoleAsync(OperatorAccount account, string role)
    {
        await acts.ChangeRoleAsync(account, role, _left.Token);
        await LoadAsync();
    }

    private async Task SetEnabledAsync(OperatorAccount account, bool isEnabled)
    {
        await acts.SetEnabledAsync(account, isEnabled, _left.Token);
        await LoadAsync();
    }

    private async Task UnlockAsync(OperatorAccount account)
    {
        await acts.UnlockAsync(account, _left.Token);
        await LoadAsync();
    }

    private async Task ResetAsync(OperatorAccount account)
    {
        _password = await acts.ResetAsync(account, _left.Token) ?? _password;
        await LoadAsync();
    }

    public void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        _password = null;
    }
}
