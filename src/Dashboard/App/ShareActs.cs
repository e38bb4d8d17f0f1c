using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Sharing;
using Dashboard.Hosting;

namespace Dashboard.App;

/// <summary>Shares reports and ends that: asks, acts, and says what became of it. One per circuit.</summary>
public sealed class ShareActs(ReportShares shares, CurrentOperator current, Acts acts, Dialogs dialogs, Toasts toasts)
{
    /// <summary>The new share and its secret; null where nothing was shared.</summary>
    public Task<ShareOutcome.Made?> ShareAsync(SharedReport report, string? reference, CancellationToken cancellationToken) =>
        acts.GuardAsync(async () =>
        {
            if (await AskAsync() is not { } choice)
            {
                return null;
            }

            // A circuit outlives a permission: asked after the dialog, just before the act.
            if (await current.FindAsync(Right.ReadTokens) is not { } who)
            {
                toasts.Error("Your role does not allow this any more. Nothing was shared.");
                return null;
            }

            switch (await shares.ShareAsync(report, reference, choice.Lifetime, who, cancellationToken))
            {
                case ShareOutcome.Made shared:
                    return shared;
                case ShareOutcome.TooMany { Most: var most }:
                    toasts.Error($"You share {most} reports already. End some of them under “Shared reports” first.");
                    return null;
                case var other:
                    throw new InvalidOperationException($"No answer for {other}.");
            }
        });

    /// <summary>Ends a share, after asking; true where it is over now.</summary>
    public async Task<bool> EndAsync(ReportShare share, CancellationToken cancellationToken) => await acts.GuardAsync(async () =>
    {
        if (await acts.AskAsync(Right.ReadTokens, QuestionOf(share)) is not ({ } who, _))
        {
            return null;
        }

        if (await shares.EndAsync(share.Id, who, cancellationToken))
        {
            toasts.Success("The link leads nowhere any more.");
        }
        else
        {
            toasts.Error("It had ended already. Nothing changed.");
        }

        return share;
    }) is not null;

    private Task<ShareChoice?> AskAsync() => dialogs.AskAsync<ShareChoice>("Share this report", answer => builder =>
    {
        builder.OpenComponent<ShareDialog>(0);
        builder.AddComponentParameter(1, nameof(ShareDialog.Answer), answer);
        builder.CloseComponent();
    });

    private static ReasonQuestion QuestionOf(ReportShare share) => new()
    {
        Title = "End sharing this report?",
        Named = $"{share.Reference ?? "Report of the inspector"} · {share.Id}",
        Consequence = "Its link leads nowhere any more, and the shared report is deleted.",
        Survives = share.Source is ShareSource.Failure ? "The failure itself, and what the audit log says." : "What the audit log says.",
        ActionLabel = "End sharing",
        NeedsReason = false,
    };
}

/// <summary>For how long a report is shared.</summary>
public sealed record ShareChoice(TimeSpan Lifetime);
