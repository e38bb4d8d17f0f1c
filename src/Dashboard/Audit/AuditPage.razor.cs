using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Audit;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Audit;

/// <summary>
/// The log. What is listed stands in the address; what is added meanwhile waits until it is asked for, so that nothing jumps.
/// </summary>
public sealed partial class AuditPage(
    AuditLog audit, AuditReads reads, AuditActs acts, CurrentOperator current, NavigationManager navigation) : IDisposable
{
    private const int PageSize = 50;
    private const string EntriesTab = "entries";
    private const string IntegrityTab = "integrity";

    private static readonly IReadOnlyList<TabItem> TabItems = [new(EntriesTab, "Entries"), new(IntegrityTab, "Integrity")];

    private readonly CancellationTokenSource _left = new();
    private readonly PageTrail _trail = new();
    private AuditAddress _address = AuditAddress.Everything;

    // What the rows on the screen answer, until those of the address are there.
    private AuditAddress _shown = AuditAddress.Everything;
    private IReadOnlyList<FieldFault> _faults = [];
    private AuditTerms _terms = new([], []);
    private AuditFound? _found;
    private bool _hasFailed;
    private long _seen;
    private int _newer;
    private int _newestLoad;

    /// <summary>Not read here: asking for it is what makes a change of the query reach this page.</summary>
    [SupplyParameterFromQuery]
    public string? Cursor { get; set; }

    private long First => ((_shown.Position.Number - 1L) * PageSize) + 1;

    // Where only a part of the log was looked at, pages have no fixed length.
    private long? TotalShown => _found is { LookedBackTo: null } found ? found.Page.Total : null;

    private string NewerText => _newer is 1 ? "1 new entry" : $"{_newer}{(_newer >= PageSize ? "+" : "")} new entries";

    protected override Task OnParametersSetAsync()
    {
        var address = AuditAddress.Read(navigation.Uri, out _faults);
        if (address.Filter != _address.Filter)
        {
            _trail.Clear();
        }

        _address = address;
        _trail.Add(address.Position);
        return address.ShowsIntegrity ? Task.CompletedTask : LoadAsync();
    }

    private async Task LoadAsync()
    {
        // A slow answer to an older filter must not replace the answer to a newer one.
        var (load, address) = (++_newestLoad, _address);
        try
        {
            if (await current.FindAsync(Right.ReadAudit) is not { } who)
            {
                return;
            }

            // Before it is shown: nothing sensitive is read without a trace.
            await reads.RecordAsync(who, AuditQuery.QueryOf(address.Filter), _left.Token);
            var seen = (await audit.ReadHeadAsync(_left.Token)).Number;
            var found = await audit.SearchAsync(address.Filter, address.Position.Cursor, PageSize, _left.Token);
            var terms = await audit.ReadTermsAsync(_left.Token);
            if (load == _newestLoad)
            {
                (_found, _terms, _shown, _newer, _hasFailed) = (found, terms, address, 0, false);
                _seen = found.Page.Items is [var first, ..] ? Math.Max(seen, first.Number) : seen;
            }
        }
        catch (StoreUnavailableException) when (load == _newestLoad)
        {
            _hasFailed = true;
        }
    }

    // How many entries there are by now that would stand before those that are shown.
    private async Task LookAsync()
    {
        var (load, shown) = (_newestLoad, _shown);
        if (_address != shown || shown.ShowsIntegrity || shown.Position.Number > 1 || _found is null)
        {
            return;
        }

        try
        {
            var newer = await audit.CountAfterAsync(shown.Filter, _seen, _left.Token);
            if (load == _newestLoad)
            {
                _newer = newer;
            }
        }
        catch (StoreUnavailableException)
        {
            // What is shown stays; the next change, or the reader, asks again.
        }
    }

    private Task ShowNewerAsync() => LoadAsync();

    private void Select(string tab) => navigation.NavigateTo(tab is IntegrityTab ? AuditAddress.Integrity : AuditAddress.Path);

    // Typing on in the search replaces its own step, so that Back leaves the search instead of undoing letters.
    private void Show(AuditFilter filter) => navigation.NavigateTo(
        AuditAddress.Of(filter),
        replace: _address.Filter.Reason is not null
            && filter.Reason is not null
            && filter == _address.Filter with { Reason = filter.Reason });

    private void Next() => Go(_shown.Position.Next(_found!.Page.NextCursor));

    private void Previous() => Go(_trail.Before(_shown.Position));

    private void Go(ListPosition position) => navigation.NavigateTo((_shown with { Position = position }).ToString());

    private async Task VerifyAsync()
    {
        if (await acts.VerifyAsync(null))
        {
            navigation.NavigateTo(AuditAddress.Integrity);
        }
    }

    private Task ExportAsync(string format) => acts.ExportAsync(
        AuditQuery.QueryOf(_address.Filter), format, TotalShown, _found?.Page.TotalIsCapped is true);

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
