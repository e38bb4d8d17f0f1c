using System.Globalization;
using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;

namespace Dashboard.Sessions;

/// <summary>Ending sessions as the pages do it: ask for a reason, check the right again, act, say what became of it. One per circuit.</summary>
public sealed class SessionEnder(SessionRegister register, Acts acts, CurrentOperator current, Toasts toasts)
{
    /// <summary>Above this many sessions a word has to be typed.</summary>
    private const int TypedWordAbove = 10;

    private static readonly RequestOrigin Dashboard = RequestOrigin.None with { Endpoint = "dashboard" };

    /// <summary>Ends one session; the toast says how it went.</summary>
    public Task EndAsync(Session session, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (await acts.AskAsync(Right.OwnAccount, Question(session)) is not ({ } who, { } reason))
        {
            return;
        }

        switch (await register.EndAsync(session.Name, new SessionEndAct(reason), who, Dashboard, cancellationToken))
        {
            case SessionEndOutcome.Ended:
                toasts.Success($"The session of {session.UserName} has ended.");
                break;
            case SessionEndOutcome.Already:
                toasts.Success("It had ended already. Nothing changed.");
                break;
            case SessionEndOutcome.Current:
                toasts.Error("This is the session you are working in. Sign out to end it.");
                break;
            default:
                toasts.Error("This session is no longer listed. Nothing was ended.");
                break;
        }
    });

    /// <summary>Ends every open session of an operator but the one that this page belongs to.</summary>
    public Task EndAllAsync(string operatorId, string userName, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        // Null where their own session is over: then this page is about to close and says so itself.
        if (await current.FindAsync(Right.OwnAccount) is not { } asking)
        {
            return;
        }

        var open = await register.EndAllAsync(operatorId, new SessionEndAct(null, IsTrial: true), asking, Dashboard, cancellationToken);
        if (open is 0)
        {
            toasts.Success($"No other session of {userName} is open: there is nothing to end.");
            return;
        }

        if (await acts.AskAsync(Right.OwnAccount, Question(userName, open, userName == asking.Name)) is ({ } who, { } reason))
        {
            var ended = await register.EndAllAsync(operatorId, new SessionEndAct(reason), who, Dashboard, cancellationToken);
            toasts.Success($"{Count(ended)} of {userName} ended.");
        }
    });

    private static ReasonQuestion Question(Session session) => new()
    {
        Title = "End this session?",
        Named = $"{session.UserName} · {SessionWords.ClientOf(session)}{(session.Ip is { } ip ? " · " + ip : "")}",
        Consequence = session.Kind is SessionKind.Api
            ? "Its token is refused at once. What the program was doing stops."
            : "Its open pages close within two seconds and say why. What was typed there is lost.",
        Survives = "The account, its other sessions, and this row with your reason.",
        ActionLabel = "End session",
    };

    private static ReasonQuestion Question(string userName, int open, bool isOwn) => new()
    {
        Title = isOwn ? $"End your {(open is 1 ? "other session" : "other sessions")}?" : $"End all sessions of {userName}?",
        Named = $"{userName} · {Count(open)}",
        Consequence = "Open pages close within two seconds and say why; tokens of these sessions are refused at once.",
        Survives = isOwn ? "The session you are working in, and the account." : "The account: its owner may sign in again.",
        ActionLabel = $"End {Count(open)}",
        TypedWord = open > TypedWordAbove ? "END" : null,
    };

    private static string Count(int sessions) =>
        sessions is 1 ? "1 session" : sessions.ToString("N0", CultureInfo.InvariantCulture) + " sessions";

    private async Task GuardAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (AccessRefusedException)
        {
            toasts.Error("Your role does not allow this any more. Nothing was ended.");
        }
        catch (StoreUnavailableException)
        {
            toasts.Error("The store cannot be written now. What was not confirmed was not ended; try again.");
        }
    }
}
