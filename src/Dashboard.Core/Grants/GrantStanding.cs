using Dashboard.Core.Live;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Grants;

/// <summary>Whether what was granted before still stands. Answered from memory.</summary>
internal sealed class GrantStanding(OperatorDirectory operators, RevocationList revocations, IChangeFeed feed)
{
    /// <summary>True where a subject is no person, or one whose account may act.</summary>
    public bool MayAct(string subject) =>
        Subjects.UserNameOf(subject) is not { } userName || operators.FindByName(userName) is { IsEnabled: true };

    /// <summary>True where a family was revoked, whatever comes of it.</summary>
    public bool IsEnded(string family) => revocations.IsEnded(family);

    /// <summary>True where a cut-off covers what a client was allowed for somebody at a time.</summary>
    public bool IsCutOff(string client, string subject, DateTimeOffset at) =>
        revocations.IsCutOff(new TokenMarks(at) { Client = client, Subject = subject });

    /// <summary>Refuses to answer where other nodes may have revoked something that is not known here yet.</summary>
    /// <exception cref="StoreUnavailableException">What they revoked cannot be read.</exception>
    public void DemandCurrent()
    {
        if (!feed.IsCurrent)
        {
            throw new StoreUnavailableException("What other nodes revoked cannot be read at this time.");
        }
    }
}
