using System.CommandLine;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Hosting;

namespace Dashboard.Commands;

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

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would be copied, and change nothing." };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask before deleting." };
    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON." };

    static MigrateCommand()
    {
        From.AcceptOnlyFromAmong(StorageOptions.Sqlite, StorageOptions.RedisKind);
        To.AcceptOnlyFromAmong(StorageOptions.Sqlite, StorageOptions.RedisKind);
    }

    /// <summary>The command, with the settings that were given beside it.</summary>
    public static Command Create(string[] settings, CommandConsole console)
    {
        var command = new Command(
            "migrate",
            "Copies everything from SQLite (Signet:DataFolder) to Redis (Storage:Redis, Storage:RedisPrefix) or back, and compares "
            + "both. Stop Signet before. Can be run again: it continues where it was interrupted.")
        {
            From, To, Redis, Clear, DryRun, Yes, Json,
        };
        command.Validators.Add(result =>
        {
            // As it was typed: what is no kind of store is refused by the option itself.
            if (result.GetResult(From)?.Tokens is [{ Value: var from }] && result.GetResult(To)?.Tokens is [{ Value: var to }] && from == to)
            {
                result.AddError("--from and --to must name different stores.");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new MigrateRequest(
                parsed.GetRequiredValue(From),
                parsed.GetRequiredValue(To),
                parsed.GetValue(Redis),
                parsed.GetValue(Clear),
                parsed.GetValue(DryRun),
                parsed.GetValue(Yes)),
            settings,
            console,
            parsed.GetValue(Json) ? new JsonMigrateReport(console) : new TextMigrateReport(console),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        MigrateRequest request,
        string[] settings,
        CommandConsole console,
        IMigrateReport report,
        CancellationToken cancellationToken)
    {
        if (request is { Clear: true, Yes: false, DryRun: false } && console.Ask is null)
        {
            await console.Error.WriteLineAsync("--clear deletes what the target holds, and there is no terminal to ask at: add --yes.");
            return ExitCodes.WrongUse;
        }

        await using var app = CommandHost.Build(settings, OverridesOf(request));
        if (string.IsNullOrWhiteSpace(app.Configuration["Storage:Redis"]))
        {
            await console.Error.WriteLineAsync("Storage:Redis must say where Redis is, such as localhost:6379. Set it, or give --redis.");
            return ExitCodes.WrongUse;
        }

        app.ValidateSettings();
        var migration = app.Services.GetRequiredService<StoreMigration>();
        var plan = await migration.PrepareAsync(request.From, request.To, request.DryRun, cancellationToken);
        if (MigrateRefusal.Of(plan, request.Clear) is { } refusal)
        {
            report.Refused(refusal, plan);
            return ExitCodes.No;
        }

        if (request.DryRun)
        {
            report.Planned(plan);
            return ExitCodes.Done;
        }

        if (request.Clear && !request.Yes && plan.TargetRows > 0 && !console.Confirms(QuestionOf(plan)))
        {
            report.Refused(MigrateRefusal.NotConfirmed, plan);
            return ExitCodes.No;
        }

        if (plan.SourceNodes > 0)
        {
            await console.Error.WriteLineAsync(
                $"Nodes at work on the source: {plan.SourceNodes}. Stop them: what they change after the comparison at the end is lost.");
        }

        var progress = new MigrateProgress(console.Error, app.Services.GetRequiredService<TimeProvider>());
        var result = await migration.RunAsync(plan, request.Clear, $"cli:{Environment.UserName}", progress, cancellationToken);
        report.Done(plan, result);
        return result.IsEqual ? ExitCodes.Done : ExitCodes.No;
    }

    private static Dictionary<string, string?> OverridesOf(MigrateRequest request)
    {
        Dictionary<string, string?> overrides = new(StringComparer.OrdinalIgnoreCase)
        {
            // The audit entry goes to the target.
            ["Storage:Kind"] = request.To,

            // Nobody waits for an answer, and much is sent at once.
            ["Storage:Timeout"] = "00:00:20",
        };
        if (request.Redis is { } redis)
        {
            overrides["Storage:Redis"] = redis;
        }

        return overrides;
    }

    private static string QuestionOf(MigrationPlan plan) =>
        $"{plan.To} holds {plan.TargetRows:N0} rows. They will be deleted and replaced by the {plan.SourceRows:N0} rows of {plan.From}"
        + (plan.To.Kind is StorageOptions.Sqlite ? "; the old file is kept beside the new one." : ". There is no way back.");
}

/// <summary>What was asked for.</summary>
internal sealed record MigrateRequest(string From, string To, string? Redis, bool Clear, bool DryRun, bool Yes);
