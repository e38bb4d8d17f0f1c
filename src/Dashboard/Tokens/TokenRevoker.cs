using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Hosting;

namespace Dashboard.Tokens;

/// <summary>
/// Revoking as the pages do it: preview, ask for a reason, check the right again, act, say what became of it. One per
/// circuit.
/// </summary>
public sealed class TokenRevoker(
    TokenRevocations revocations, Acts acts, CurrentOperator current, Toasts toasts, BrowserTime time)
{
    private static readonly RequestOrigin Dashboard = RequestOrigin.None with { Endpoint = "dashboard" };

    /// <summary>Revokes one token; the toast says how it went.</summary>
    public Task RevokeOneAsync(LedgerEntry entry, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (await acts.AskAsync(Right.RevokeToken, RevokeQuestions.One(entry, time)) is not ({ } who, { } reason))
        {
            return;
        }

        switch (await revocations.RevokeAsync(entry.TokenId, reason, who, Dashboard, cancellationToken))
        {
            case TokenRevocationOutcome.Revoked:
                toasts.Success("Token revoked. Callers that ask Signet are refused from now on.");
                break;
            case TokenRevocationOutcome.Already { Stamp: var stamp }:
                toasts.Success($"It had been revoked already, by {stamp.By}. Nothing changed.");
                break;
            default:
                toasts.Error("This token is no longer in the ledger. Nothing was revoked.");
                break;
        }
    });

    /// <summary>Revokes rows one by one; stops between two where told to. False where the operator thought better of it.</summary>
    public async Task<bool> RevokeSelectedAsync(
        IReadOnlyCollection<LedgerEntry> entries, Action<int> progressed, CancellationToken cancellationToken)
    {
        var wasDone = false;
        await GuardAsync(async () =>
        {
            var question = RevokeQuestions.Selected(RevokeQuestions.PreviewOf(entries), time);
            if (await acts.AskAsync(Right.ManageTokens, question) is ({ } who, { } reason))
            {
                wasDone = true;
                await RevokeEachAsync(entries, reason, who, progressed, cancellationToken);
            }
        });
        return wasDone;
    }

    /// <summary>Starts to revoke all that a filter covers; null where nothing was started.</summary>
    public Task<TokenRevocation?> RevokeMatchingAsync(LedgerFilter filter, CancellationToken cancellationToken) =>
        StartAsync(
            filter,
            preview => RevokeQuestions.Matching(preview, time),
            (reason, who) => revocations.RevokeMatchingAsync(filter, reason, who, cancellationToken),
            cancellationToken);

    /// <summary>Revokes everything of a subject, client, key or session; null where nothing was revoked.</summary>
    public Task<TokenRevocation?> CutOffAsync(RevocationScope scope, string value, CancellationToken cancellationToken) =>
        StartAsync(
            TokenRevocations.FilterOf(scope, value),
            preview => RevokeQuestions.CutOff(scope, value, preview, time),
            (reason, who) => revocations.CutOffAsync(scope, value, null, reason, who, cancellationToken),
            cancellationToken);

    /// <summary>Stops a running revocation.</summary>
    public Task CancelAsync(string id, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (await current.FindAsync(Right.WatchRevocations) is not { } who)
        {
            toasts.Error("Your role does not allow this any more. Nothing was stopped.");
            return;
        }

        if (await revocations.CancelAsync(id, who, cancellationToken))
        {
            toasts.Success("Stopped. What was revoked stays revoked.");
        }
        else
        {
            toasts.Error("It had ended already.");
        }
    });

    private async Task<TokenRevocation?> StartAsync(
        LedgerFilter filter,
        Func<RevocationPreview, ReasonQuestion> question,
        Func<string, Actor, Task<TokenRevocation>> start,
        CancellationToken cancellationToken)
    {
        TokenRevocation? started = null;
        await GuardAsync(async () =>
        {
            var preview = await revocations.PreviewAsync(filter, cancellationToken);
            if (preview.Tokens is 0)
            {
                toasts.Success("No live token matches: there is nothing to revoke.");
            }
            else if (await acts.AskAsync(Right.ManageTokens, question(preview)) is ({ } who, { } reason))
            {
                started = await start(reason, who);
            }
        });
        return started;
    }

    private async Task RevokeEachAsync(
        IReadOnlyCollection<LedgerEntry> entries, string reason, Actor who, Action<int> progressed, CancellationToken cancellationToken)
    {
        var (done, revoked) = (0, 0);
        foreach (var entry in entries)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            var outcome = await revocations.RevokeAsync(entry.TokenId, reason, who, Dashboard, CancellationToken.None);
            revoked += outcome is TokenRevocationOutcome.Revoked ? 1 : 0;
            progressed(++done);
        }

        toasts.Success(done < entries.Count
            ? $"Stopped: {CountText.Of(revoked, "token")} revoked, {entries.Count - done} left as they were."
            : $"{CountText.Of(revoked, "token")} revoked.");
    }

    private Task GuardAsync(Func<Task> act) => acts.GuardAsync(act, "What was not confirmed was not revoked; try again.");
}
