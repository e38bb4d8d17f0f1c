using Dashboard.Controls;
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

    private readonly PageTrail _trail = new();
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
        _trail.Add(address.Position);
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

        var page = await register.ListAsync(address.Query.ToFilter(operators), who, address.Position.Cursor, PageSize, _left.Token);
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

    private void Next() => Go(_shown.Position.Next(_page!.NextCursor));

    private void Previous() => Go(_trail.Before(_shown.Position));

    private void Go(ListPosition position) => navigation.NavigateTo((_shown with { Position = position }).ToString());

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
