using Dashboard.Core.Access;
using Dashboard.Core.Alerts.Expiries;
using Dashboard.Core.Keys;
using Dashboard.Hosting;
using Dashboard.Hosting.Keys;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Keys;

/// <summary>The key ring, and what runs out soon. The time of the chart stands in the address.</summary>
public sealed partial class KeysPage(
    KeySources sources, SoonExpiring expiring, KeyActs acts, CurrentOperator current, NavigationManager navigation) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private IReadOnlyList<KeyRowView>? _rows;
    private IReadOnlyList<SoonExpiringItem> _expiring = [];

    // Lives in this component alone, and no longer than it is looked at.
    private string? _secret;
    private bool _mayManage;
    private int _newestLoad;

    /// <summary>The time that the chart shows: <c>30d</c>, <c>90d</c>, <c>1y</c>; all there is without it.</summary>
    [SupplyParameterFromQuery]
    public string? Range { get; set; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var load = ++_newestLoad;
        var rows = await sources.ReadAsync(_left.Token);
        var soon = await expiring.ReadAsync(_left.Token);
        var mayManage = await current.MayAsync(Right.ManageKeys);
        if (load == _newestLoad)
        {
            (_rows, _expiring, _mayManage) = (rows, soon, mayManage);
            StateHasChanged();
        }
    }

    private async Task RotateAsync((KeyAlgorithm Algorithm, bool Revokes) asked)
    {
        await (asked.Revokes ? acts.RotateAndRevokeAsync(asked.Algorithm, _left.Token) : acts.RotateAsync(asked.Algorithm, _left.Token));
        await LoadAsync();
    }

    private async Task RenewAsync(KeyAlgorithm algorithm)
    {
        _secret = (await acts.CreateAsync(algorithm, _left.Token))?.Secret ?? _secret;
        await LoadAsync();
    }

    private async Task RetireAsync(SigningKey key)
    {
        await acts.RetireAsync(key, _left.Token);
        await LoadAsync();
    }

    private async Task RevokeAsync(SigningKey key)
    {
        await acts.RevokeAsync(key, _left.Token);
        await LoadAsync();
    }

    public void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        _secret = null;
    }
}
