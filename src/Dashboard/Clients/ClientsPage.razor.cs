using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Clients;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Clients;

/// <summary>Every client. What is listed stands in the address; the selection does not.</summary>
public sealed partial class ClientsPage(
    ClientDirectory directory, ClientActs acts, ClientTokens tokens, CurrentOperator current, NavigationManager navigation) : IDisposable
{
    private const int PageSize = 50;

    private readonly CancellationTokenSource _left = new();
    private readonly ClientSelection _selection = new();
    private readonly PageTrail _trail = new();
    private CancellationTokenSource _stopActing = new();
    private ClientsAddress _address = ClientsAddress.Everything;

    // What the rows on the screen answer, until those of the address are there.
    private ClientsAddress _shown = ClientsAddress.Everything;
    private IReadOnlyList<FieldFault> _faults = [];
    private Page<Client>? _page;
    private IReadOnlyDictionary<string, string> _liveTokens = new Dictionary<string, string>(StringComparer.Ordinal);
    private IReadOnlySet<string> _changed = new HashSet<string>(StringComparer.Ordinal);
    private bool _mayManage;
    private bool _isLoading;
    private string _doing = "";
    private int _running;
    private int _done;
    private int _newestLoad;

    /// <summary>Not read here: asking for it is what makes a change of the query reach this page.</summary>
    [SupplyParameterFromQuery]
    public string? Cursor { get; set; }

    private string? SelectionText => _selection.Count is 0 || !_mayManage ? null : $"{_selection.Count} selected";

    protected override Task OnParametersSetAsync()
    {
        var address = ClientsAddress.Read(navigation.Uri, out _faults);
        if (address.Query != _address.Query)
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
        var page = await directory.ListAsync(address.Query.ToFilter(), address.Position.Cursor, PageSize, _left.Token);
        var mayManage = await current.MayAsync(Right.ManageClients);
        if (load != _newestLoad)
        {
            return;
        }

        if (address.Query != _shown.Query)
        {
            _selection.Clear();
        }

        _changed = isQuiet && _page is not null && address == _shown
            ? ChangesBetween(_page.Items, page.Items)
            : new HashSet<string>(StringComparer.Ordinal);
        (_page, _shown, _mayManage, _isLoading) = (page, address, mayManage, false);
        _selection.Refresh(page.Items);
        StateHasChanged();

        // After the rows are there: a ledger of millions is not waited for.
        var counted = await tokens.CountLiveAsync([.. page.Items.Select(client => client.Id)], _left.Token);
        if (load == _newestLoad)
        {
            _liveTokens = counted;
        }
    }

    // Being used is no change that anybody must notice.
    private static HashSet<string> ChangesBetween(IReadOnlyList<Client> before, IReadOnlyList<Client> after)
    {
        var known = before.Select(client => (client.Id, client.Version)).ToHashSet();
        return [.. after.Where(client => !known.Contains((client.Id, client.Version))).Select(client => client.Id)];
    }

    // Typing on in the search replaces its own step, so that Back leaves the search instead of undoing letters.
    private void Show(ClientQuery query) => navigation.NavigateTo(
        ClientsAddress.Of(query),
        replace: _address.Query.Text is not null && query.Text is not null && query == _address.Query with { Text = query.Text });

    private void Next() => Go(_shown.Position.Next(_page!.NextCursor));

    private void Previous() => Go(_trail.Before(_shown.Position));

    private void Go(ListPosition position) => navigation.NavigateTo((_shown with { Position = position }).ToString());

    private Task ExportAsync(string format) =>
        acts.ExportAsync(ClientsAddress.QueryOf(_address.Query), format, _page?.Total, _page?.TotalIsCapped is true);

    private async Task ActAsync((Client Client, ClientAct Act) chosen)
    {
        await acts.DoAsync(chosen.Client, chosen.Act, _left.Token);
        await RefreshAsync();
    }

    private async Task ActOnSelectionAsync(ClientAct act)
    {
        // Not linked to leaving: what was begun goes on, and says how it went.
        _stopActing = new CancellationTokenSource();
        var clients = _selection.Clients;
        _doing = ClientQuestions.DoingOf(act);
        _selection.Remove(await acts.DoAllAsync(clients, act, done => Progress(clients.Count, done), _stopActing.Token));
        Progress(0, 0);
        if (!_left.IsCancellationRequested)
        {
            await RefreshAsync();
        }
    }

    private void Progress(int running, int done)
    {
        (_running, _done) = (running, done);
        if (!_left.IsCancellationRequested)
        {
            StateHasChanged();
        }
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
