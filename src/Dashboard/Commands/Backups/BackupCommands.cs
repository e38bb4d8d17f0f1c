using System.CommandLine;
using Dashboard.Core;
using Dashboard.Core.Backups;
using Dashboard.Core.Backups.Format;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Commands.Backups;

/// <summary><c>backup …</c> and <c>restore</c>: everything that the store holds in one encrypted file, and back.</summary>
internal static class BackupCommands
{
    private static readonly Argument<string> NewFile = FileSymbols.Argument("file", "The file to write.");
    private static readonly Argument<string> OldFile = FileSymbols.Argument("file", "The backup.");

    private static readonly Option<string?> Recipient = FileSymbols.Option(
        "--recipient", "A PEM file with the public key (P-256) of who may open it, instead of a passphrase.");

    private static readonly Option<bool> Force = new("--force") { Description = "Replace a file of that name." };

    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Read and prove everything, say what would happen, and change nothing. The same as --dry-run.",
    };

    private static readonly Option<bool> Clear = new("--clear")
    {
        Description = "Delete what the store holds. A SQLite file is put aside; what Redis holds is gone.",
    };

    private static readonly Option<bool> KeepTokens = new("--keep-tokens")
    {
        Description = "Leave tokens and sessions of the backup good. Those that were ended since it was made come back to life.",
    };

    public static IEnumerable<Command> Create(Verbs verbs)
    {
        var backup = verbs.Create(
            "backup",
            "Writes everything that the store holds, keys included, to one encrypted file, while Signet runs.",
            BackupAsync,
            NewFile,
            BackupSecrets.Passphrase,
            Recipient,
            Force);
        backup.Subcommands.Add(verbs.Create(
            "show",
            "Says what a backup is. What is in it, only to whoever can open it.",
            ShowAsync,
            OldFile,
            BackupSecrets.Passphrase,
            BackupSecrets.Identity));
        var restore = verbs.Create(
            "restore",
            "Fills the store from a backup. Stop Signet before. Whatever was issued before is over, unless --keep-tokens says otherwise. "
            + "Can be run again: it continues where it was interrupted.",
            RestoreAsync,
            OldFile,
            BackupSecrets.Passphrase,
            BackupSecrets.Identity,
            Check,
            Clear,
            KeepTokens,
            VerbOptions.DryRun,
            VerbOptions.Yes);
        return [backup, restore];
    }

    private static Task<int> BackupAsync(CommandRun run, CancellationToken cancellationToken) => RefusingAsync(run, () =>
        run.WithCoreAsync(
            async services =>
            {
                var request = new BackupRequest(
                    Path.GetFullPath(run.Parsed.GetRequiredValue(NewFile)),
                    BackupSecrets.ToLock(run, services, run.Parsed.GetValue(Recipient)),
                    run.Parsed.GetValue(Force));
                var made = await services.GetRequiredService<StoreBackup>().WriteAsync(
                    request, CommandRun.Who, ProgressOf(run, services), cancellationToken);
                return BackupAnswers.Made(run, request, made);
            },
            cancellationToken,
            CoreParts.People,
            BackupSecrets.Patience));

    private static Task<int> ShowAsync(CommandRun run, CancellationToken cancellationToken) => RefusingAsync(run, () =>
        run.WithSettingsAsync(app =>
        {
            var path = run.Parsed.GetRequiredValue(OldFile);
            return Task.FromResult(BackupSecrets.FindKey(run, app.Services) is { } key
                ? BackupAnswers.Contents(
                    run, app.Services.GetRequiredService<BackupCheck>().Run(path, key, ProgressOf(run, app.Services), cancellationToken))
                : BackupAnswers.Header(run, BackupCheck.ReadHeader(path)));
        }));

    private static Task<int> RestoreAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var clears = run.Parsed.GetValue(Clear);
        var onlyLooks = run.IsDryRun || run.Parsed.GetValue(Check);
        if (clears && !onlyLooks && !run.Parsed.GetValue(VerbOptions.Yes) && run.Console.Ask is null)
        {
            return Task.FromResult(run.Refuse(
                "NOT_CONFIRMED", "--clear deletes what the store holds, and there is no terminal to ask at: add --yes.", ExitCodes.WrongUse));
        }

        return RefusingAsync(run, () => run.WithSettingsAsync(
            app => RestoreAsync(run, app.Services, onlyLooks, cancellationToken), BackupSecrets.Patience));
    }

    private static async Task<int> RestoreAsync(
        CommandRun run, IServiceProvider services, bool onlyLooks, CancellationToken cancellationToken)
    {
        var request = new RestoreRequest(run.Parsed.GetValue(Clear), run.Parsed.GetValue(KeepTokens));
        var restore = services.GetRequiredService<StoreRestore>();
        var path = Path.GetFullPath(run.Parsed.GetRequiredValue(OldFile));
        var plan = await restore.PrepareAsync(
            path, BackupSecrets.GetKey(run, services), onlyLooks, ProgressOf(run, services), cancellationToken);
        var warnings = RestoreAnswers.WarningsOf(plan, request, services.GetRequiredService<IOptions<SignetOptions>>().Value.Issuer);
        if (onlyLooks)
        {
            return RestoreAnswers.Planned(run, plan, request, warnings);
        }

        if (RestoreAnswers.FindRefusal(plan, request) is { } refusal)
        {
            return run.Refuse(refusal.Code, refusal.Message);
        }

        foreach (var warning in warnings)
        {
            run.Note(warning);
        }

        if (request.Clears && plan.TargetRows > 0
            && !run.Parsed.GetValue(VerbOptions.Yes) && !run.Console.Confirms(RestoreAnswers.QuestionOf(plan)))
        {
            return run.Refuse("NOT_CONFIRMED", "Nothing was changed.");
        }

        var result = await restore.RunAsync(plan, request, CommandRun.Who, ProgressOf(run, services), cancellationToken);
        return RestoreAnswers.Done(run, plan, request, result, warnings);
    }

    private static RunProgress ProgressOf(CommandRun run, IServiceProvider services) =>
        new(new CommandProgress(run.Console.Error, services.GetRequiredService<TimeProvider>()));

    private static async Task<int> RefusingAsync(CommandRun run, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (BackupRefusedException refused)
        {
            return run.Refuse(
                refused.Code,
                refused.Message,
                refused.Code is "WEAK_PASSPHRASE" or "NO_KEY" or "NOT_A_KEY" or "OTHER_KIND_OF_KEY" ? ExitCodes.WrongUse : ExitCodes.No);
        }
    }

    private sealed class RunProgress(CommandProgress progress) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value) =>
            progress.Say($"{value.Step} {value.Table}: {CommandText.Number(value.Done)} rows");
    }
}
