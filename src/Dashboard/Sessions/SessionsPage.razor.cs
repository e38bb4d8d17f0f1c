using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Sessions;

/// <summary>Everybody's sessions, or one's own. What is listed stands in the address; whose it may be, the core decides.</summary>
public sealed partial class SessionsPage(
    SessionRegister register,
    SessionDirectory directory,
    OperatorDirectory operators,
    SessionEnder ender,
    CurrentOperator current,
    NavigationManager navigation) : IDisposable
{
    private const int PageSize = 50;

    private readonly CancellationTokenSource _left = new();

    // Where the pages that were walked through start, by their number.
    private readonly Dictionary<int, string?> _trail = [];
    private SessionsAddress _address = SessionsAddress.Everything;

    // What the rows on the screen answer, until those of the address are there.
    private SessionsAddress _shown = SessionsAddress.Everything;
    private IReadOnlyList<FieldFault> _faults = [];
    private Page<Session>? _page;
    private IReadOnlySet<string> _changed = new HashSet<string>(StringComparer.Ordinal);
    private Actor? _who;
    private string? _ownId;
    private bool _seesAll;
    private bool _isLoading;
    private int _newestLoad;

    /// <summary>Not read here: asking for it is what makes a change of the query reach this page.</summary>
    [SupplyParameterFromQuery]
    public string? Cursor { get; set; }

    // Of the operator that is filtered by, or of oneself; not offered where it would be refused.
    private OperatorAccount? EndsAllOf =>
        _who is { } who
        && operators.FindByName(_shown.Query.Operator ?? who.Name) is { } found
        && register.MayEnd(who, found.Id)
            ? found
            : null;

    protected override Task OnParametersSetAsync()
    {
        var address = SessionsAddress.Read(navigation.Uri, out _faults);
        if (address.Query != _address.Query)
        {
            _trail.Clear();
        }

        _address = address;
        _trail[address.Number] = address.Cursor;
        return LoadAsync(isQuiet: false);
    }

    private bool CanEnd(Session session) =>
        session.EndedAt is null
        && _who is { } who
        && session.Name != who.Session
        && register.MayEnd(who, session.OperatorId);

    private Task RefreshAsync() => LoadAsync(isQuiet: true);

    private async Task LoadAsync(bool isQuiet)
    {
        // A slow answer to an older filter must not replace the answer to a newer one.
        var (load, address) = (++_newestLoad, _address);
        _isLoading |= !isQuiet;
        if (await current.FindAsync(Right.OwnAccount) is not { } who)
        {
            return;
        }

        var page = await register.ListAsync(address.Query.ToFilter(operators), who, address.Cursor, PageSize, _left.Token);
        if (load != _newestLoad)
        {
            return;
        }

        _changed = isQuiet && _page is not null && address == _shown
            ? ChangesBetween(_page.Items, page.Items)
            : new HashSet<string>(StringComparer.Ordinal);
        (_page, _shown, _who, _isLoading) = (page, address, who, false);
        (_seesAll, _ownId) = (register.SeesAll(who), operators.FindByName(who.Name)?.Id);
    }

    // Being seen is no change that anybody must notice.
    private static HashSet<string> ChangesBetween(IReadOnlyList<Session> before, IReadOnlyList<Session> after)
    {
        var known = before.Select(session => (session.Name, session.EndedAt)).ToHashSet();
        return [.. after.Where(session => !known.Contains((session.Name, session.EndedAt))).Select(session => session.Name)];
    }

    // Typing on in the search replaces its own step, so that Back leaves the search instead of undoing letters.
    private void Show(SessionQuery query) => navigation.NavigateTo(
        SessionsAddress.Of(query),
        replace: _address.Query.Text is not null && query.Text is not null && query == _address.Query with { Text = query.Text });

    private void Next() => navigation.NavigateTo(
        new SessionsAddress(_shown.Query, _page!.NextCursor, _shown.Number + 1).ToString());

    // After a reload in the middle of the list nobody knows where the page before starts: the first one is certain.
    private void Previous() => navigation.NavigateTo(
        (_trail.TryGetValue(_shown.Number - 1, out var cursor) && cursor is not null
            ? new SessionsAddress(_shown.Query, cursor, _shown.Number - 1)
            : new SessionsAddress(_shown.Query, null, 1)).ToString());

    private async Task EndAsync(Session session)
    {
        await ender.EndAsync(session, _left.Token);
        await RefreshAsync();
    }

    private async Task EndAllAsync(OperatorAccount target)
    {
        await ender.EndAllAsync(target.Id, target.UserName, _left.Token);
        await RefreshAsync();
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
