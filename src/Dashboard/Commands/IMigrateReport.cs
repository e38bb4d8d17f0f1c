using System.Text.Encodings.Web;
using System.Text.Json;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Commands;

/// <summary>The answer of <c>migrate</c>.</summary>
internal interface IMigrateReport
{
    void Refused(MigrateRefusal refusal, MigrationPlan plan);

    void Planned(MigrationPlan plan);

    void Done(MigrationPlan plan, MigrationResult result);
}

/// <summary>For people.</summary>
internal sealed class TextMigrateReport(CommandConsole console) : IMigrateReport
{
    private const int HashDigits = 16;

    public void Refused(MigrateRefusal refusal, MigrationPlan plan) => console.Error.WriteLine(refusal.Message);

    public void Planned(MigrationPlan plan)
    {
        console.Out.WriteLine($"{plan.From} would be copied to {plan.To}:");
        foreach (var table in plan.Tables)
        {
            console.Out.WriteLine($"  {table.Name,-22}{table.SourceRows,14:N0} rows");
        }

        console.Out.WriteLine(plan switch
        {
            { Target: TargetState.Empty } => "The target is empty.",
            { Target: TargetState.Unfinished } => "The target holds part of this copy: it would be continued.",
            _ => $"The {plan.TargetRows:N0} rows of the target would be deleted first.",
        });
        console.Out.WriteLine("Nothing was changed.");
    }

    public void Done(MigrationPlan plan, MigrationResult result)
    {
        foreach (var table in result.Tables)
        {
            console.Out.WriteLine(
                $"  {table.Name,-22}{table.SourceRows,14:N0} rows  {table.SourceHash[..HashDigits]}  {(table.IsEqual ? "ok" : DifferenceOf(table))}");
        }

        if (result.KeptAt is { } kept)
        {
            console.Out.WriteLine($"What the target held before is kept in {kept}. Delete it when you no longer need it.");
        }

        if (result.IsEqual)
        {
            console.Out.WriteLine($"{plan.From} was copied to {plan.To}, and both hold the same.");
            console.Out.WriteLine(MigrateWords.NextSteps(plan));
        }
        else
        {
            console.Error.WriteLine(MigrateWords.Differs(result));
        }
    }

    private static string DifferenceOf(VerifiedTable table) =>
        $"DIFFERS: {table.TargetRows:N0} rows, {table.TargetHash[..HashDigits]} in the target";
}

/// <summary>For scripts: one object.</summary>
internal sealed class JsonMigrateReport(CommandConsole console) : IMigrateReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Refused(MigrateRefusal refusal, MigrationPlan plan) =>
        Write(new { status = "refused", refusal.Code, refusal.Message, plan.From, plan.To, target_rows = plan.TargetRows });

    public void Planned(MigrationPlan plan) => Write(new
    {
        status = "planned",
        plan.From,
        plan.To,
        continues = plan.Target is TargetState.Unfinished,
        deletes = plan.Target is TargetState.Empty or TargetState.Unfinished ? 0 : plan.TargetRows,
        tables = plan.Tables.Select(table => new { table.Name, rows = table.SourceRows }),
    });

    public void Done(MigrationPlan plan, MigrationResult result) => Write(new
    {
        status = result.IsEqual ? "done" : "differs",
        message = result.IsEqual ? MigrateWords.NextSteps(plan) : MigrateWords.Differs(result),
        plan.From,
        plan.To,
        result.KeptAt,
        result.Tables,
    });

    private void Write<T>(T answer) => console.Out.WriteLine(JsonSerializer.Serialize(answer, Options));
}

/// <summary>Sentences of both.</summary>
internal static class MigrateWords
{
    public static string NextSteps(MigrationPlan plan) =>
        $"Start every node with Storage__Kind={plan.To.Kind} and with the master key of this run (SIGNET_MASTER_KEY or "
        + "SIGNET_MASTER_KEY_FILE; it is in no store), and leave the other store alone from now on.";

    public static string Differs(MigrationResult result)
    {
        var tables = string.Join(", ", result.Tables.Where(table => !table.IsEqual).Select(table => table.Name));
        return $"These tables differ: {tables}. The source changed meanwhile: stop the nodes that work on it and run this again; it "
            + "begins anew. Until then no node starts on the target.";
    }
}
