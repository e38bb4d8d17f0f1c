using System.CommandLine;
using Dashboard.Core.Backups;
using Dashboard.Core.Backups.Format;
using Dashboard.Core.Gateway.Files;

namespace Dashboard.Commands.Gateway;

/// <summary><c>export gateway</c>: writes what a gateway can understand of it as the gateway's own backup.</summary>
internal static class ExportCommands
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The file to write." };
    private static readonly Option<bool> Force = new("--force") { Description = "Replace a file of that name." };

    public static Command Create(Verbs verbs) => Verbs.Group(
        "export",
        "Writes for another system what Signet keeps.",
        verbs.Create(
            "gateway",
            "Writes clients, and access tokens that were taken over, as a backup that an MCP OAuth Gateway restores. Says what such a file "
            + "cannot hold: it is no backup of Signet.",
            (run, stop) => run.WithCoreAsync(services => WriteAsync(run, services, stop), stop),
            File,
            Force));

    private static async Task<int> WriteAsync(CommandRun run, IServiceProvider services, CancellationToken cancellationToken)
    {
        var path = run.Parsed.GetRequiredValue(File).FullName;
        try
        {
            // Names of clients and people are nobody else's business: for its owner alone, as a backup of Signet is.
            using var file = new BackupFile(path, run.Parsed.GetValue(Force));
            var exported = await services.GetRequiredService<GatewayExport>().WriteAsync(
                file.Stream,
                CommandRun.Who,
                new GatewayRunProgress(new CommandProgress(run.Console.Error, services.GetRequiredService<TimeProvider>())),
                cancellationToken);
            file.Complete();
            return Answer(run, path, exported);
        }
        catch (BackupRefusedException refused)
        {
            return run.Refuse(refused.Code, refused.Message);
        }
        catch (IOException exception)
        {
            var refused = BackupRefusedException.Unusable(path, exception);
            return run.Refuse(refused.Code, refused.Message);
        }
    }

    private static int Answer(CommandRun run, string path, GatewayExported exported) => run.Answer(
        new { status = "done", file = path, exported.Registrations, exported.Tokens, exported.LeftOut },
        writer =>
        {
            writer.WriteLine(
                $"{path} holds {CommandText.Number(exported.Registrations)} clients and {CommandText.Number(exported.Tokens)} access tokens. Left out:");
            foreach (var sentence in exported.LeftOut)
            {
                writer.WriteLine($"- {sentence}");
            }
        });
}
