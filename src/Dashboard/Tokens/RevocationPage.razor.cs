using Dashboard.Controls;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Tokens;

/// <summary>How far a revocation of many tokens has come. It runs in the core: leaving changes nothing.</summary>
public sealed partial class RevocationPage(TokenRevocations revocations, TokenRevoker revoker) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private TokenRevocation? _revocation;
    private long _remaining;
    private bool _isLoaded;
    private int _newestLoad;

    [Parameter]
    public string Id { get; set; } = "";

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var load = ++_newestLoad;
        var revocation = await revocations.FindAsync(Id, _left.Token);
        var remaining = revocation is { State: RevocationState.Running, Filter: { } filter }
            ? (await revocations.PreviewAsync(filter, _left.Token)).Tokens
            : 0;
        if (load == _newestLoad)
        {
            (_revocation, _remaining, _isLoaded) = (revocation, remaining, true);
        }
    }

    private async Task StopAsync()
    {
        await revoker.CancelAsync(Id, _left.Token);
        await LoadAsync();
    }

    private static string Summary(TokenRevocation revocation) => revocation.Scope is RevocationScope.Filter
        ? "Every live token that matched a filter, batch by batch."
        : "One rule for everything that was issued until then.";

    private static string ListHref(TokenRevocation revocation) => TokensAddress.Of(
        (revocation.Filter ?? TokenRevocations.FilterOf(revocation.Scope, revocation.Value)) with { Status = TokenStatus.Revoked });

    private static string TextOf(RevocationState state) => state switch
    {
        RevocationState.Running => "Running",
        RevocationState.Done => "Done",
        _ => "Stopped",
    };

    private static StatusKind KindOf(RevocationState state) => state switch
    {
        RevocationState.Running => StatusKind.Warning,
        RevocationState.Done => StatusKind.Live,
        _ => StatusKind.Ended,
    };

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
