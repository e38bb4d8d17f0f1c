using Dashboard.Core.Storage.Migration;

namespace Dashboard.Commands.Migration;

/// <summary>What <c>migrate</c> answers.</summary>
internal static class MigrateAnswers
{
    private const int HashDigits = 16;

    public static int Refused(CommandRun run, MigrateRefusal refusal, MigrationPlan plan)
    {
        run.Note(refusal.Message);
        return run.Answer(
            new { status = "refused", refusal.Code, refusal.Message, plan.From, plan.To, target_rows = plan.TargetRows },
            _ => { },
            ExitCodes.No);
    }

    public static int Planned(CommandRun run, MigrationPlan plan) => run.Answer(
        new
        {
            status = "planned",
            plan.From,
            plan.To,
            continues = plan.Target is TargetState.Unfinished,
            deletes = plan.Target is TargetState.Empty or TargetState.Unfinished ? 0 : plan.TargetRows,
            tables = plan.Tables.Select(table => new { table.Name, rows = table.SourceRows }),
        },
        writer =>
        {
            writer.WriteLine($"{plan.From} would be copied to {plan.To}:");
            foreach (var table in plan.Tables)
            {
                writer.WriteLine($"  {table.Name,-22}{table.SourceRows,14:N0} rows");
            }

            writer.WriteLine(plan switch
            {
                { Target: TargetState.Empty } => "The target is empty.",
                { Target: TargetState.Unfinished } => "The target holds part of this copy: it would be continued.",
                _ => $"The {plan.TargetRows:N0} rows of the target would be deleted first.",
            });
            writer.WriteLine("Nothing was changed.");
        });

    public static int Done(CommandRun run, MigrationPlan plan, MigrationResult result)
    {
        var message = result.IsEqual ? NextSteps(plan) : Differs(result);
        var exitCode = run.Answer(
            new { status = result.IsEqual ? "done" : "differs", message, plan.From, plan.To, result.KeptAt, result.Tables },
            writer => Write(writer, plan, result),
            result.IsEqual ? ExitCodes.Done : ExitCodes.No);
        if (!result.IsEqual)
        {
            run.Note(message);
        }

        return exitCode;
    }

    private static void Write(TextWriter writer, MigrationPlan plan, MigrationResult result)
    {
        foreach (var table in result.Tables)
        {
            writer.WriteLine(
                $"  {table.Name,-22}{table.SourceRows,14:N0} rows  {table.SourceHash[..HashDigits]}  {(table.IsEqual ? "ok" : DifferenceOf(table))}");
        }

        if (result.KeptAt is { } kept)
        {
            writer.WriteLine($"What the target held before is kept in {kept}. Delete it when you no longer need it.");
        }

        if (result.IsEqual)
        {
            writer.WriteLine($"{plan.From} was copied to {plan.To}, and both hold the same.");
            writer.WriteLine(NextSteps(plan));
        }
    }

    private static string DifferenceOf(VerifiedTable table) =>
        $"DIFFERS: {table.TargetRows:N0} rows, {table.TargetHash[..HashDigits]} in the target";

    private static string NextSteps(MigrationPlan plan) =>
        $"Start every node with Storage__Kind={plan.To.Kind} and with the master key of this run (SIGNET_MASTER_KEY or "
        + "SIGNET_MASTER_KEY_FILE; it is in no store), and leave the other store alone from now on.";

    private static string Differs(MigrationResult result)
    {
        var tables = string.Join(", ", result.Tables.Where(table => !table.IsEqual).Select(table => table.Name));
        return $"These tables differ: {tables}. The source changed meanwhile: stop the nodes that work on it and run this again; it "
            + "begins anew. Until then no node starts on the target.";
    }
}
