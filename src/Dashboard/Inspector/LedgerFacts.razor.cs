using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Inspector;

/// <summary>What the ledger knows about an inspected token, and the revocation of a live one.</summary>
public sealed partial class LedgerFacts(
    TokenDirectory directory,
    TokenRevocations revocations,
    Acts acts,
    Toasts toasts)
{
    private bool _isRevoking;

    [Parameter, EditorRequired]
    public LedgerEntry Entry { get; set; } = null!;

    /// <summary>Called after the token was revoked, by this operator or before them.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnRevoked { get; set; }

    private bool IsLive => directory.StatusOf(Entry) is TokenStatus.Live;

    private string Status => Entry.Defect is not null ? "Test" : directory.StatusOf(Entry) switch
    {
        TokenStatus.Live => "Live",
        TokenStatus.Expired => "Expired",
        TokenStatus.Revoked => "Revoked",
        var other => throw new InvalidOperationException($"No word for {other}."),
    };

    private StatusKind Kind => directory.StatusOf(Entry) switch
    {
        TokenStatus.Live => StatusKind.Live,
        TokenStatus.Revoked when Entry.Defect is null => StatusKind.Refused,
        _ => StatusKind.Ended,
    };

    private async Task RevokeAsync()
    {
        var question = new ReasonQuestion
        {
            Title = "Revoke this token?",
            Named = $"{Entry.TokenId} of {Entry.Subject}",
            Consequence = "Signet refuses it from now on, here and wherever callers ask Signet. This cannot be undone.",
            Survives = Entry.Kind is TokenKind.LiveKit
                ? $"Other tokens of {Entry.Subject}, and the record of this one. The LiveKit server never asks Signet: it lets its holder in until it expires."
                : $"Other tokens of {Entry.Subject}, and the record of this one. An API that never asks Signet may accept it until it expires.",
            ActionLabel = "Revoke token",
        };
        if (await acts.AskAsync(Right.RevokeToken, question) is not ({ } who, { } reason))
        {
            return;
        }

        _isRevoking = true;
        try
        {
            // Not the page's token: a revocation that was confirmed goes through even if the page is left.
            var outcome = await revocations.RevokeAsync(Entry.TokenId, reason, who, RequestOrigin.None, CancellationToken.None);
            Tell(outcome);
        }
        finally
        {
            _isRevoking = false;
        }

        await OnRevoked.InvokeAsync();
    }

    private void Tell(TokenRevocationOutcome outcome)
    {
        if (outcome is TokenRevocationOutcome.Unknown)
        {
            toasts.Error("The token is no longer in the ledger. Nothing was changed.");
        }
        else
        {
            toasts.Success(outcome is TokenRevocationOutcome.Already ? "The token had been revoked before." : "The token is revoked.");
        }
    }
}
