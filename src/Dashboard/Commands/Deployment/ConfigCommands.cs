using System.CommandLine;
using Dashboard.Core;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Settings;

namespace Dashboard.Commands.Deployment;

/// <summary><c>config …</c>: what is configured, as the server would see it with the same settings.</summary>
internal static class ConfigCommands
{
    private static readonly Argument<string?> Text = new("text")
    {
        Description = "Only settings that have this in their name, description or value.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Changed = new("--changed") { Description = "Only settings that differ from their default." };

    public static Command Create(Verbs verbs) => Verbs.Group(
        "config",
        "The settings that are in effect.",
        verbs.Create(
            "show",
            "Lists every setting, its value and where that comes from. Secrets are masked.",
            (run, stop) => run.WithSettingsAsync(app => ShowAsync(run, app.Services, stop)),
            Text,
            Changed),
        verbs.Create(
            "check",
            "Checks every setting as a start does, and serves nothing. Ends with 2 where one is wrong, and names it.",
            (run, _) => run.WithSettingsAsync(app => Task.FromResult(Check(run, app.Services)))));

    private static async Task<int> ShowAsync(CommandRun run, IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var core = await TryOpenAsync(run, services, cancellationToken);
        var settings = SettingQuery.Filter(
            services.GetRequiredService<EffectiveSettings>().Read(), run.Parsed.GetValue(Text), run.Parsed.GetValue(Changed));
        return run.Answer(
            SettingsJson.Of(settings),
            writer =>
            {
                var table = new CommandTable("SETTING", "VALUE", "FROM");
                foreach (var setting in settings)
                {
                    table.Add(setting.Key, setting.Value, setting.Source.ToString());
                }

                table.Write(writer);
            });
    }

    // Some settings are changed in the dashboard and kept in the store.
    private static async Task<CommandCore?> TryOpenAsync(CommandRun run, IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            return await CommandCore.OpenAsync(services, CoreParts.Everything, cancellationToken);
        }
        catch (Exception exception) when (exception is StartupException or StoreUnavailableException)
        {
            await run.Console.Error.WriteLineAsync($"The store was not read, so this is what is configured alone. {exception.Message}");
            return null;
        }
    }

    private static int Check(CommandRun run, IServiceProvider services)
    {
        var settings = services.GetRequiredService<EffectiveSettings>().Read();
        var changed = settings.Count(setting => setting.DiffersFromDefault);
        return run.Answer(
            new { status = "ok", settings = settings.Count, changed },
            $"Every setting can be used. {changed} of {settings.Count} differ from their default; see: config show --changed.");
    }
}
