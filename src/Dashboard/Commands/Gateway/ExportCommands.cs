using System.CommandLine;
using Dashboard.Core.Gateway.Files;

namespace Dashboard.Commands.Gateway;

/// <summary><c>export gateway</c>: writes what a gateway can understand of it as the gateway's own backup.</summary>
internal static class ExportCommands
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The file to write. It must not exist." };

    public static Command Create(Verbs verbs) => Verbs.Group(
        "export",
        "Writes for another system what Signet keeps.",
        verbs.Create(
            "gateway",
            "Writes clients, and access tokens that were taken over, as a backup that an MCP OAuth Gateway restores. Says what such a file "
            + "cannot hold: it is no backup of Signet.",
            (run, stop) => run.WithCoreAsync(services => WriteAsync(run, services.GetRequiredService<GatewayExport>(), stop), stop),
            File));

    private static async Task<int> WriteAsync(CommandRun run, GatewayExport export, CancellationToken cancellationToken)
    {
        var path = run.Parsed.GetRequiredValue(File).FullName;
        try
        {
            var exported = await WriteAsync(export, path, cancellationToken);
            return run.Answer(
                new { status = "done", file = path, exported.Registrations, exported.Tokens, exported.LeftOut },
                writer =>
                {
                    writer.WriteLine($"{path} holds {exported.Registrations} clients and {exported.Tokens} access tokens. Left out:");
                    foreach (var sentence in exported.LeftOut)
                    {
                        writer.WriteLine($"- {sentence}");
                    }
                });
        }
        catch (IOException) when (System.IO.File.Exists(path))
        {
            return run.Refuse("FILE_EXISTS", $"The file {path} exists. Give another name.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return run.Refuse("FILE_UNUSABLE", $"The file {path} cannot be written. Is there such a folder, and may you write there?");
        }
    }

    private static async Task<GatewayExported> WriteAsync(GatewayExport export, string path, CancellationToken cancellationToken)
    {
        // Whole or not at all; names of clients and people are nobody else's business.
        using var whole = new MemoryStream();
        var exported = await export.WriteAsync(whole, CommandRun.Who, cancellationToken);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, options);
        whole.Position = 0;
        await whole.CopyToAsync(file, cancellationToken);
        return exported;
    }
}
