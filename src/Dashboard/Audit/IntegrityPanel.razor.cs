using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Pruning;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Audit;

/// <summary>Whether the log is what was written: the last verification, the one that runs, and the checkpoints.</summary>
public sealed partial class IntegrityPanel(
    AuditVerifier verifier, AuditCheckpoints checkpoints, AuditLog audit, AuditActs acts, IOptions<AuditOptions> options) : IDisposable
{
    private const int Latest = 20;

    private readonly CancellationTokenSource _left = new();
    private AuditProof? _last;
    private AuditPruned? _pruned;
    private IReadOnlyList<AuditCheckpoint>? _checkpoints;
    private string _given = "";
    private bool _isLoaded;
    private bool _hasFailed;

    private bool IsRunning => verifier.Run is { State: AuditRunState.Running };

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        // Not while prerendering: nobody would ever leave that page.
        if (firstRender)
        {
            verifier.Changed += ShowProgress;
        }
    }

    private static string Progress(AuditRun run) => string.Create(
        CultureInfo.InvariantCulture, $"{run.Walked:N0} of {run.Total:N0} entries are verified; the page may be left meanwhile.");

    private async Task LoadAsync()
    {
        try
        {
            _last = await verifier.FindLastAsync(_left.Token);
            _checkpoints = await checkpoints.ListAsync(null, Latest, _left.Token);
            _pruned = await audit.FindPrunedAsync(_left.Token);
            (_isLoaded, _hasFailed) = (true, false);
        }
        catch (StoreUnavailableException)
        {
            _hasFailed = true;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task VerifyAsync()
    {
        if (await acts.VerifyAsync(_given.Trim() is { Length: > 0 } given ? given : null))
        {
            _given = "";
        }
    }

    private async Task TakeAsync()
    {
        await acts.TakeCheckpointAsync(_left.Token);
        await LoadAsync();
    }

    // On the verifier's thread; by the time the circuit comes to it the page may have been left.
    private void ShowProgress(object? sender, EventArgs change) => _ = InvokeAsync(async () =>
    {
        if (_left.IsCancellationRequested)
        {
            return;
        }

        if (!IsRunning)
        {
            await LoadAsync();
        }

        StateHasChanged();
    });

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose()
    {
        verifier.Changed -= ShowProgress;
        _left.Cancel();
    }
}
