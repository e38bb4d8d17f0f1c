using Dashboard.Core.Storage.Migration;

namespace Dashboard.Commands.Migration;

/// <summary>Why nothing was copied.</summary>
/// <param name="Code">Stable, for scripts.</param>
/// <param name="Message">What is in the way, and what to do.</param>
internal sealed record MigrateRefusal(string Code, string Message)
{
    public static readonly MigrateRefusal NotConfirmed = new("NOT_CONFIRMED", "Nothing was changed.");

    /// <summary>Null where the migration can go ahead.</summary>
    public static MigrateRefusal? Of(MigrationPlan plan, bool clears) => plan switch
    {
        { SourceRows: 0 } => new("SOURCE_EMPTY", $"There is nothing to copy: {plan.From} is empty."),
        { TargetNodes: > 0 } => new(
            "TARGET_IN_USE", $"Nodes at work on {plan.To}: {plan.TargetNodes}. Stop them before it is filled from elsewhere."),
        { Target: TargetState.Copied } when !clears => new(
            "TARGET_COPIED",
            $"{plan.To} was filled from this source before, and holds {plan.TargetRows:N0} rows. To copy everything again over what it "
            + "has become since, add --clear."),
        { Target: TargetState.Full } when !clears => new(
            "TARGET_NOT_EMPTY",
            $"{plan.To} is not empty: it holds {plan.TargetRows:N0} rows. Choose another place for the target, or add --clear to delete them."),
        { Target: TargetState.UnfinishedOther } when !clears => new(
            "TARGET_UNFINISHED",
            $"{plan.To} holds part of another store: its migration was not finished. Finish that one, or add --clear to delete what it copied."),
        _ => null,
    };
}
