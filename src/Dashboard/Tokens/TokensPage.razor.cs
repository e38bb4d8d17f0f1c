using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Tokens;

/// <summary>The ledger. What is listed stands in the address; the selection does not.</summary>
public sealed partial class TokensPage(
    TokenDirectory directory, TokenRevoker revoker, TokenExporter exporter, CurrentOperator current, NavigationManager navigation) : IDisposable
{
    private const int PageSize = 50;

    private readonly CancellationTokenSource _left = new();
    private readonly TokenSelection _selection = new();

    private readonly PageTrail _trail = new();
    private CancellationTokenSource _stopRevoking = new();
    private TokensAddress _address = TokensAddress.Everything;

    // What the rows on the screen answer, until those of the address are there.
    private TokensAddress _shown = TokensAddress.Everything;
    private IReadOnlyList<FieldFault> _faults = [];
    private Page<LedgerEntry>? _page;
    private IReadOnlySet<string> _changed = new HashSet<string>(StringComparer.Ordinal);
    private bool _mayManage;
    private bool _mayRevoke;
    private bool _isLoading;
    private int _running;
    private int _done;
    private int _newestLoad;

    /// <summary>Not read here: asking for it is what makes a change of the query reach this page.</summary>
    [SupplyParameterFromQuery]
    public string? Cursor { get; set; }

    private bool CanRevokeMatching => _mayManage && _shown.Filter is { Status: null or TokenStatus.Live, RevokedFrom: null };

    protected override Task OnParametersSetAsync()
    {
        var address = TokensAddress.Read(navigation.Uri, out _faults);
        if (address.Filter != _address.Filter)
        {
            _trail.Clear();
        }

        _address = address;
        _trail.Add(address.Position);
        return LoadAsync(isQuiet: false);
    }

    private Task RefreshAsync() => LoadAsync(isQuiet: true);

    private async Task LoadAsync(bool isQuiet)
    {
        // A slow answer to an older filter must not replace the answer to a newer one.
        var (load, address) = (++_newestLoad, _address);
        _isLoading |= !isQuiet;
        var page = await directory.ListAsync(address.Filter, address.Position.Cursor, PageSize, _left.Token);
        var (mayManage, mayRevoke) = (await current.MayAsync(Right.ManageTokens), await current.MayAsync(Right.RevokeToken));
        if (load != _newestLoad)
        {
            return;
        }

        if (address.Filter != _shown.Filter)
        {
            _selection.Clear();
        }

        _changed = isQuiet && _page is not null && address == _shown
            ? ChangesBetween(_page.Items, page.Items)
            : new HashSet<string>(StringComparer.Ordinal);
        (_page, _shown, _mayManage, _mayRevoke, _isLoading) = (page, address, mayManage, mayRevoke, false);
        _selection.Refresh(page.Items, entry => directory.StatusOf(entry) is TokenStatus.Live);
    }

    private static HashSet<string> ChangesBetween(IReadOnlyList<LedgerEntry> before, IReadOnlyList<LedgerEntry> after)
    {
        var known = before.ToHashSet();
        return [.. after.Where(entry => !known.Contains(entry)).Select(entry => entry.TokenId)];
    }

    // Typing on in the search replaces its own step, so that Back leaves the search instead of undoing letters.
    private void Show(LedgerFilter filter) => navigation.NavigateTo(
        TokensAddress.Of(filter),
        replace: _address.Filter.Text is not null && filter.Text is not null && filter == _address.Filter with { Text = filter.Text });

    private void Next() => Go(_shown.Position.Next(_page!.NextCursor));

    private void Previous() => Go(_trail.Before(_shown.Position));

    private void Go(ListPosition position) => navigation.NavigateTo((_shown with { Position = position }).ToString());

    private Task ExportAsync(string format) =>
        exporter.ExportAsync(TokensAddress.QueryOf(_address.Filter), format, _page?.Total, _page?.TotalIsCapped is true);

    private async Task RevokeAsync(LedgerEntry entry)
    {
        await revoker.RevokeOneAsync(entry, _left.Token);
        await RefreshAsync();
    }

    private async Task RevokeSelectionAsync()
    {
        if (_selection.IsEverything)
        {
            if (await revoker.RevokeMatchingAsync(_shown.Filter, _left.Token) is { } revocation)
            {
                navigation.NavigateTo(TokensAddress.OfRevocation(revocation.Id));
            }

            return;
        }

        _stopRevoking = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        var entries = _selection.Entries;
        if (await revoker.RevokeSelectedAsync(entries, done => Progress(entries.Count, done), _stopRevoking.Token))
        {
            _selection.Clear();
        }

        Progress(0, 0);
        await RefreshAsync();
    }

    private void Progress(int running, int done)
    {
        (_running, _done) = (running, done);
        StateHasChanged();
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
