using System.Globalization;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Audit;

/// <summary>One entry: who did what to what, what became of it, and whether it is still what was written.</summary>
public sealed partial class AuditEntryPage(AuditLog audit, AuditReads reads, CurrentOperator current) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private AuditView? _view;
    private string? _loaded;
    private long _newest;
    private bool _isLoaded;
    private bool _hasFailed;

    /// <summary>The entry's number, or whatever stands in its place in the address.</summary>
    [Parameter]
    public string Number { get; set; } = "";

    private long Wanted => long.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private bool IsMissing => Wanted > 0 && Wanted <= _newest;

    protected override Task OnParametersSetAsync()
    {
        if (Number == _loaded)
        {
            return Task.CompletedTask;
        }

        (_loaded, _view, _isLoaded) = (Number, null, false);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var number = Number;
        _hasFailed = false;
        try
        {
            if (await current.FindAsync(Right.ReadAudit) is not { } who)
            {
                return;
            }

            // Before it is shown: nothing sensitive is read without a trace.
            await reads.RecordAsync(who, $"#{number}", _left.Token);
            var view = await audit.FindAsync(Wanted, _left.Token);
            var newest = (await audit.ReadHeadAsync(_left.Token)).Number;
            if (number == Number)
            {
                (_view, _newest, _isLoaded) = (view, newest, true);
            }
        }
        catch (StoreUnavailableException)
        {
            // That an outdated load failed says nothing about the newest.
            _hasFailed |= number == Number;
        }
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
