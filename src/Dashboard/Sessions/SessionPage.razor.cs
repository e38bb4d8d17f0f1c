using Dashboard.Core.Access;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Sessions;

/// <summary>One session: what is known of it, every decision about it, and its end.</summary>
public sealed partial class SessionPage(
    SessionRegister register,
    SessionDirectory directory,
    SessionHistory history,
    SessionEnder ender,
    CurrentOperator current) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private Session? _session;
    private IReadOnlyList<SessionMoment> _moments = [];
    private string? _loadedName;
    private bool _isLoaded;
    private bool _isCurrent;
    private bool _mayEnd;
    private int _newestLoad;

    [Parameter]
    public string Name { get; set; } = "";

    protected override Task OnParametersSetAsync()
    {
        if (Name == _loadedName)
        {
            return Task.CompletedTask;
        }

        (_loadedName, _session, _isLoaded) = (Name, null, false);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var load = ++_newestLoad;
        if (await current.FindAsync(Right.OwnAccount) is not { } who)
        {
            return;
        }

        var session = await register.FindAsync(Name, who, _left.Token);
        var moments = session is null ? [] : await history.ReadAsync(session, who, _left.Token);
        if (load == _newestLoad)
        {
            (_session, _moments, _isLoaded) = (session, moments, true);
            _isCurrent = session?.Name == who.Session;
            _mayEnd = session is not null && register.MayEnd(who, session.OperatorId);
        }
    }

    private async Task EndAsync(Session session)
    {
        await ender.EndAsync(session, _left.Token);
        await LoadAsync();
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
