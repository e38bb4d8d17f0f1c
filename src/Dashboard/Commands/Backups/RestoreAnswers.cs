using Dashboard.Core.Backups;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Commands.Backups;

/// <summary>What <c>restore</c> asks and answers.</summary>
internal static class RestoreAnswers
{
    /// <summary>Why nothing is restored; null where it can go ahead.</summary>
    public static (string Code, string Message)? FindRefusal(RestorePlan plan, RestoreRequest request) => plan switch
    {
        { TargetNodes: > 0 } => ("TARGET_IN_USE", $"Nodes at work on {plan.To}: {plan.TargetNodes}. Stop them first."),
        { Target: TargetState.Copied } when !request.Clears => (
            "TARGET_RESTORED",
            $"{plan.To} was filled from this backup before, and holds {CommandText.Number(plan.TargetRows)} rows. To do it again over what it has "
            + "become since, add --clear."),
        { Target: TargetState.Full } when !request.Clears => (
            "TARGET_NOT_EMPTY",
            $"{plan.To} is not empty: it holds {CommandText.Number(plan.TargetRows)} rows. Choose another place, or add --clear to delete them."),
        { Target: TargetState.UnfinishedOther } when !request.Clears => (
            "TARGET_UNFINISHED",
            $"{plan.To} holds part of another store: its migration or restore was not finished. Finish that one, or add --clear."),
        { Target: TargetState.Unfinished, BegunKeepingTokens: { } kept } when kept != request.KeepsTokens && !request.Clears => (
            "OTHER_TERMS",
            $"This restore was begun {(kept ? "with" : "without")} --keep-tokens. Run it the same way, or begin anew with --clear."),
        _ => null,
    };

    public static string QuestionOf(RestorePlan plan) =>
        $"{plan.To} holds {CommandText.Number(plan.TargetRows)} rows. They will be deleted and replaced by the "
        + $"{CommandText.Number(plan.Backup.Rows)} rows of the backup of {CommandText.Time(plan.Backup.Header.CreatedAt)}"
        + (plan.To.Kind is StorageOptions.Sqlite ? "; the old file is kept beside the new one." : ". There is no way back.");

    /// <summary>
    /// Says what a restore would do. The exit code is about the backup: what is in the way here and now, such as the very server
    /// that it is of, is told and no fault of it.
    /// </summary>
    public static int Planned(CommandRun run, RestorePlan plan, RestoreRequest request, IReadOnlyList<string> warnings)
    {
        var refusal = FindRefusal(plan, request);
        return run.Answer(
            new
            {
                status = "planned",
                backup = plan.Backup.Header.Id,
                plan.Backup.Header.CreatedAt,
                plan.Backup.CompletedAt,
                plan.To,
                continues = plan.Target is TargetState.Unfinished,
                deletes = request.Clears && refusal is null ? plan.TargetRows : 0,
                refusal = refusal?.Code,
                message = refusal?.Message,
                tokens = request.KeepsTokens ? "kept" : "ended",
                carries_over = plan.Replaces is Replaced.LaterStore,
                warnings,
                plan.Backup.AuditFault,
                plan.Backup.Tables,
            },
            writer =>
            {
                BackupAnswers.Write(writer, plan.Backup);
                writer.WriteLine(refusal is { } inTheWay ? $"In the way of restoring it here: {inTheWay.Message}" : ConsequenceOf(plan, request));
                foreach (var warning in warnings)
                {
                    writer.WriteLine($"Warning: {warning}");
                }

                writer.WriteLine("Nothing was changed.");
            },
            plan.Backup.AuditFault is null ? ExitCodes.Done : ExitCodes.No);
    }

    /// <summary>What a person should know before it begins.</summary>
    /// <param name="plan">What is there.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="issuer">The issuer that is set here.</param>
    public static IReadOnlyList<string> WarningsOf(RestorePlan plan, RestoreRequest request, string issuer)
    {
        List<string> warnings = [];
        if (issuer != plan.Backup.Header.Issuer)
        {
            warnings.Add(
                $"The backup is of {CommandText.Plain(plan.Backup.Header.Issuer)}, but Signet:Issuer is {issuer}: tokens of the one are refused by the other.");
        }

        if (plan.Replaces is Replaced.LockedStore)
        {
            warnings.Add(
                $"The master key of this machine does not open what {plan.To} holds, so nothing of what was ended since the backup can be taken over from it.");
        }

        if (request.KeepsTokens && plan.Replaces is not Replaced.LaterStore)
        {
            warnings.Add(
                $"Tokens and sessions stay good that were revoked, used up or ended after {CommandText.Time(plan.Backup.Header.CreatedAt)}: "
                + "the backup does not know of it.");
        }

        return warnings;
    }

    public static int Done(
        CommandRun run, RestorePlan plan, RestoreRequest request, RestoreResult result, IReadOnlyList<string> warnings)
    {
        var message = result.IsEqual ? NextSteps(plan, request, result) : Differs(result);
        return run.Answer(
            new
            {
                status = result.IsEqual ? "done" : "differs",
                message,
                backup = plan.Backup.Header.Id,
                plan.Backup.Header.CreatedAt,
                plan.To,
                tokens = request.KeepsTokens ? "kept" : "ended",
                result.KeptAt,
                result.CarriedFrom,
                warnings,
                result.Tables,
            },
            writer =>
            {
                foreach (var table in result.Tables)
                {
                    writer.WriteLine(
                        $"  {table.Name,-22}{CommandText.Number(table.TargetRows),14} rows  {table.TargetHash[..16]}  {(table.IsEqual ? "ok" : "DIFFERS")}");
                }

                if (result.KeptAt is { } kept)
                {
                    writer.WriteLine($"What the store held before is kept in {kept}. Delete it when you no longer need it.");
                }

                if (result.CarriedFrom is { } carried)
                {
                    writer.WriteLine(
                        $"A backup of it is {carried}; what opened this backup opens that one. Delete it when you no longer need it.");
                }

                writer.WriteLine(message);
            },
            result.IsEqual ? ExitCodes.Done : ExitCodes.No);
    }

    private static string ConsequenceOf(RestorePlan plan, RestoreRequest request) => plan switch
    {
        { Target: TargetState.Empty } => $"It would be restored into {plan.To}, which is empty. {TokensOf(request)}",
        { Target: TargetState.Unfinished } when !request.Clears => $"{plan.To} holds part of it: the restore would be continued. {TokensOf(request)}",
        { Replaces: Replaced.LaterStore } =>
            $"The {CommandText.Number(plan.TargetRows)} rows of {plan.To} would be deleted first. It goes on from this backup: what was ended since would "
            + $"stay ended. {TokensOf(request)}",
        _ => $"The {CommandText.Number(plan.TargetRows)} rows of {plan.To} would be deleted first. {TokensOf(request)}",
    } + (plan.Replaces is Replaced.LaterStore ? "" : UnknownSince(plan));

    private static string UnknownSince(RestorePlan plan) =>
        $" Keys, clients, agent keys and operators that were revoked, disabled or deleted after {CommandText.Time(plan.Backup.Header.CreatedAt)} "
        + "would be as they were: that has to be done again.";

    private static string TokensOf(RestoreRequest request) => request.KeepsTokens
        ? "Tokens and sessions would stay as they are in it."
        : "All tokens and sessions in it would be over.";

    private static string NextSteps(RestorePlan plan, RestoreRequest request, RestoreResult result) =>
        $"The backup of {CommandText.Time(plan.Backup.Header.CreatedAt)} was restored into {plan.To}. "
        + (request.KeepsTokens ? "" : "All tokens and sessions of before are over: people sign in, and programs get new tokens. ")
        + (result.CarriedFrom is null
            ? "Do again what was done since: keys that were revoked, clients, agent keys and operators that were disabled or deleted, and "
                + "secrets and passwords that were changed are as they were. "
            : "What was revoked, disabled or deleted since stays so, secrets, passwords and signing keys are those of now, and the audit log "
                + "goes on. ")
        + "Its keys are encrypted by the master key of this run: start every node with that (SIGNET_MASTER_KEY or SIGNET_MASTER_KEY_FILE).";

    private static string Differs(RestoreResult result) =>
        $"These tables differ: {string.Join(", ", result.Tables.Where(table => !table.IsEqual).Select(table => table.Name))}. Something else wrote "
        + "to the store: run this again; it begins anew. Until then no node starts on it.";
}
