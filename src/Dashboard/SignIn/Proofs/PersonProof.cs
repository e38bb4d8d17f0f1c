using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Dashboard.SignIn.SecondFactors;

namespace Dashboard.SignIn.Proofs;

/// <summary>
/// Lets whoever a session belongs to prove once more that it is them: before a dangerous act, or because something about
/// their browser changed. Whoever has a second factor is asked for that one, everybody else for the password.
/// </summary>
public sealed class PersonProof(
    OperatorDirectory operators,
    OperatorLogin login,
    ShownFactors factors,
    SessionRenewals renewals,
    SessionCookie cookie,
    DeviceCookie devices)
{
    /// <summary>Checks the proof, and gives the browser its session under a new id.</summary>
    internal async Task<PersonProofOutcome> ProveAsync(HttpContext context, CurrentSession current, ProofForm form)
    {
        BrowserFacts? browser = null;
        if (current.IsChallenged && (browser = BrowserLogin.FactsOf(context, form.Fingerprint, form.BrowserKey)) is null)
        {
            return new PersonProofOutcome.NotBound();
        }

        var session = current.Session;
        return await VerifyAsync(context, session, form) switch
        {
            (true, var factor, _) => await renewals.RenewAsync(session, factor, browser, context.Origin(), context.RequestAborted) switch
            {
                { } renewed => await SetAsync(context, renewed),
                null => new PersonProofOutcome.SessionOver(),
            },
            (_, _, { } wait) => new PersonProofOutcome.Throttled(wait),
            _ => new PersonProofOutcome.Refused(),
        };
    }

    private async Task<PersonProofOutcome> SetAsync(HttpContext context, StartedSession renewed)
    {
        await cookie.SetAsync(context, renewed);
        return new PersonProofOutcome.Proved();
    }

    private async Task<(bool IsProved, SecondFactorKind? Factor, TimeSpan? Wait)> VerifyAsync(
        HttpContext context, Session session, ProofForm form)
    {
        if (operators.Find(session.OperatorId) is not { IsEnabled: true } found)
        {
            return default;
        }

        if (!found.SecondFactors.Any)
        {
            return await login.VerifyAsync(session.UserName, form.Password ?? "", context.Origin(), devices.Read(context), context.RequestAborted) switch
            {
                LoginVerdict.Accepted => (true, null, null),
                LoginVerdict.Throttled { Wait: var wait } => (false, null, wait),
                LoginVerdict.Busy => (false, null, OperatorLogin.BusyWait),
                _ => default,
            };
        }

        return await factors.VerifyAsync(context, found, form) switch
        {
            SecondFactorVerdict.Accepted { Kind: var kind } => (true, kind, null),
            SecondFactorVerdict.Throttled { Wait: var wait } => (false, null, wait),
            _ => default,
        };
    }
}

/// <summary>What became of a proof.</summary>
public abstract record PersonProofOutcome
{
    private PersonProofOutcome()
    {
    }

    public sealed record Proved : PersonProofOutcome;

    public sealed record Refused : PersonProofOutcome;

    public sealed record Throttled(TimeSpan Wait) : PersonProofOutcome;

    /// <summary>The session ended meanwhile.</summary>
    public sealed record SessionOver : PersonProofOutcome;

    /// <summary>The browser did not send what its session is bound to.</summary>
    public sealed record NotBound : PersonProofOutcome;
}
