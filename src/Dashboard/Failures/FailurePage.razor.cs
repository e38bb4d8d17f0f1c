using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Dashboard.Failures;

/// <summary>Opens the report of a refusal by the reference in its error message. Every opening is in the audit log.</summary>
public sealed partial class FailurePage(
    EventLog events,
    AuditLog audit,
    ClaimMask mask,
    CurrentOperator current,
    IOptions<EventOptions> options,
    TimeProvider clock) : IDisposable
{
    // Events are written in batches, some hundred milliseconds after they happened.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _left = new();
    private LookupState _state;
    private FailureReport? _failure;
    private string? _shown;

    private enum LookupState
    {
        Looking,
        Found,
        NotFound,
        StoreFailed,
    }

    /// <summary>The <c>req_…</c> of the refused request.</summary>
    [Parameter]
    public string Reference { get; set; } = "";

    private bool IsWellFormed => FailureReference.IsReference(Reference);

    private int RetentionDays => (int)options.Value.Retention.TotalDays;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Reference)
        {
            _shown = Reference;
            await LookUpAsync();
        }
    }

    private async Task LookUpAsync()
    {
        _state = IsWellFormed ? LookupState.Looking : LookupState.NotFound;
        _failure = null;
        if (!IsWellFormed)
        {
            return;
        }

        await LookUpOnceAsync();
        if (_state is LookupState.NotFound)
        {
            _state = LookupState.Looking;
            await Task.Delay(Patience, clock, _left.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await LookUpOnceAsync();
        }
    }

    private async Task LookUpOnceAsync()
    {
        var reference = Reference;
        try
        {
            var found = await events.FindByRequestAsync(reference, _left.Token);
            if (reference != Reference || _left.IsCancellationRequested)
            {
                return;
            }

            // As they are now: the circuit remembers the role of before.
            var who = found is null ? null : await current.FindAsync(Right.ReadTokens);
            if (found is null || who is null)
            {
                _state = LookupState.NotFound;
                return;
            }

            // Before it is shown: nothing sensitive is read without a trace.
            await audit.RecordReadAsync(new AuditEntry(who, "failure.read", "failure", reference), _left.Token);
            (_failure, _state) = (FailureReport.Of(found, who.Role, mask), LookupState.Found);
        }
        catch (StoreUnavailableException)
        {
            // That another reference could not be looked up says nothing about this one.
            _state = reference == Reference ? LookupState.StoreFailed : _state;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    // Cancelled, not disposed: a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
