using System.CommandLine;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Hosting;

namespace Dashboard.Commands.Migration;

/// <summary><c>migrate --from … --to …</c>: copies everything that one store holds into the other.</summary>
internal static class MigrateCommand
{
    private static readonly Option<string> From = new("--from") { Description = "The store to copy.", Required = true };
    private static readonly Option<string> To = new("--to") { Description = "The store to fill.", Required = true };

    private static readonly Option<string?> Redis = new("--redis")
    {
        Description = "Where Redis is, instead of Storage:Redis: host:6379,password=…,ssl=true.",
    };

    private static readonly Option<bool> Clear = new("--clear")
    {
        Description = "Delete what the target holds. A SQLite file is put aside; what Redis holds is gone.",
    };

    static MigrateCommand()
    {
        From.AcceptOnlyFromAmong(StorageOptions.Sqlite, StorageOptions.RedisKind);
        To.AcceptOnlyFromAmong(StorageOptions.Sqlite, StorageOptions.RedisKind);
    }

    public static Command Create(Verbs verbs)
    {
        var command = verbs.Create(
            "migrate",
            "Copies everything from SQLite (Signet:DataFolder) to Redis (Storage:Redis, Storage:RedisPrefix) or back, and compares "
            + "both. Stop Signet before. Can be run again: it continues where it was interrupted.",
            RunAsync,
            From,
            To,
            Redis,
            Clear,
            VerbOptions.DryRun,
            VerbOptions.Yes);
        command.Validators.Add(result =>
        {
            // As it was typed: what is no kind of store is refused by the option itself.
            if (result.GetResult(From)?.Tokens is [{ Value: var from }] && result.GetResult(To)?.Tokens is [{ Value: var to }] && from == to)
            {
                result.AddError("--from and --to must name different stores.");
            }
        });
        return command;
    }

    private static Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var clears = run.Parsed.GetValue(Clear);
        var isAgreed = run.Parsed.GetValue(VerbOptions.Yes);
        if (clears && !isAgreed && !run.IsDryRun && run.Console.Ask is null)
        {
            return Task.FromResult(run.Refuse(
                "NOT_CONFIRMED",
                "--clear deletes what the target holds, and there is no terminal to ask at: add --yes.",
                ExitCodes.WrongUse));
        }

        return run.WithUncheckedSettingsAsync(
            app =>
            {
                if (string.IsNullOrWhiteSpace(app.Configuration["Storage:Redis"]))
                {
                    return Task.FromResult(run.Refuse(
                        "NO_REDIS",
                        "Storage:Redis must say where Redis is, such as localhost:6379. Set it, or give --redis.",
                        ExitCodes.WrongUse));
                }

                app.ValidateSettings();
                return CopyAsync(run, app.Services, clears, isAgreed, cancellationToken);
            },
            OverridesOf(run.Parsed.GetRequiredValue(To), run.Parsed.GetValue(Redis)));
    }

    private static async Task<int> CopyAsync(
        CommandRun run, IServiceProvider services, bool clears, bool isAgreed, CancellationToken cancellationToken)
    {
        var migration = services.GetRequiredService<StoreMigration>();
        var plan = await migration.PrepareAsync(
            run.Parsed.GetRequiredValue(From), run.Parsed.GetRequiredValue(To), run.IsDryRun, cancellationToken);
        if (MigrateRefusal.Of(plan, clears) is { } refusal)
        {
            return MigrateAnswers.Refused(run, refusal, plan);
        }

        if (run.IsDryRun)
        {
            return MigrateAnswers.Planned(run, plan);
        }

        if (clears && !isAgreed && plan.TargetRows > 0 && !run.Console.Confirms(QuestionOf(plan)))
        {
            return MigrateAnswers.Refused(run, MigrateRefusal.NotConfirmed, plan);
        }

        if (plan.SourceNodes > 0)
        {
            await run.Console.Error.WriteLineAsync(
                $"Nodes at work on the source: {plan.SourceNodes}. Stop them: what they change after the comparison at the end is lost.");
        }

        var progress = new MigrateProgress(new CommandProgress(run.Console.Error, services.GetRequiredService<TimeProvider>()));
        return MigrateAnswers.Done(
            run, plan, await migration.RunAsync(plan, clears, $"cli:{Environment.UserName}", progress, cancellationToken));
    }

    private static Dictionary<string, string?> OverridesOf(string to, string? redis)
    {
        Dictionary<string, string?> overrides = new(StringComparer.OrdinalIgnoreCase)
        {
            // The audit entry goes to the target.
            ["Storage:Kind"] = to,

            // Nobody waits for an answer, and much is sent at once.
            ["Storage:Timeout"] = "00:00:20",
        };
        if (redis is not null)
        {
            overrides["Storage:Redis"] = redis;
        }

        return overrides;
    }

    private static string QuestionOf(MigrationPlan plan) =>
        $"{plan.To} holds {plan.TargetRows:N0} rows. They will be deleted and replaced by the {plan.SourceRows:N0} rows of {plan.From}"
        + (plan.To.Kind is StorageOptions.Sqlite ? "; the old file is kept beside the new one." : ". There is no way back.");
}
