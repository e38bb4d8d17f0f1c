using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;

namespace Dashboard.Sessions;

/// <summary>Finds open sessions by the beginning of a user name, address or session name.</summary>
internal sealed class SessionPaletteSource(SessionRegister register, CurrentOperator current) : IPaletteSource
{
    private const int Most = 5;

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length is 0 or > SessionFilter.LongestText || await current.FindAsync(Right.OwnAccount) is not { } who)
        {
            return [];
        }

        var filter = new SessionFilter { Text = text, State = SessionState.Open };
        var page = await register.ListAsync(filter, who, null, Most, cancellationToken);
        return
        [
            .. page.Items.Select(session => new PaletteItem(
                session.UserName,
                $"{SessionWords.ClientOf(session)}{(session.Ip is { } ip ? " · " + ip : "")} · {session.Name}",
                SessionsAddress.OfSession(session.Name),
                "Sessions")),
        ];
    }
}
