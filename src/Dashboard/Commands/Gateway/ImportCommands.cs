using System.CommandLine;
using Dashboard.Core.Gateway;
using Dashboard.Core.Gateway.Files;

namespace Dashboard.Commands.Gateway;

/// <summary><c>import gateway</c>: takes over the clients and tokens of an MCP OAuth Gateway.</summary>
internal static class ImportCommands
{
    private const string Domain = "BASE_DOMAIN";
    private const string RedisPassword = "REDIS_PASSWORD";

    private static readonly Option<string?> Redis = new("--redis")
    {
        Description = "Where the gateway keeps its data: localhost:6379,defaultDatabase=0 or redis://localhost:6379/0. It is only read. "
            + "The password may stand in REDIS_PASSWORD.",
    };

    private static readonly Option<FileInfo?> File = new("--file") { Description = "A backup that the gateway made (just oauth-backup), instead of --redis." };

    private static readonly Option<string?> Issuer = new("--issuer")
    {
        Description = "The iss of the gateway's tokens. Without it https://auth.{BASE_DOMAIN}.",
    };

    public static Command Create(Verbs verbs)
    {
        var gateway = verbs.CreateDestructive(
            "gateway",
            "Takes over the clients, access tokens and refresh tokens of an MCP OAuth Gateway, with the key that signed them. Can be run "
            + "again: what came along before stays what it has become here.",
            RunAsync,
            Redis,
            File,
            Issuer,
            GatewayKeySource.KeyFile,
            GatewayKeySource.SecretFile);
        gateway.Validators.Add(result =>
        {
            if (result.GetResult(Redis) is null == result.GetResult(File) is null)
            {
                result.AddError("Give either --redis or --file.");
            }

            if (result.GetResult(GatewayKeySource.KeyFile) is not null && result.GetResult(GatewayKeySource.SecretFile) is not null)
            {
                result.AddError("Give either --key-file or --secret-file: the gateway signs with one of them.");
            }
        });
        return Verbs.Group("import", "Takes over what another system keeps.", gateway);
    }

    private static Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken) =>
        run.WithCoreAsync(services => RunAsync(run, services, cancellationToken), cancellationToken);

    private static async Task<int> RunAsync(CommandRun run, IServiceProvider services, CancellationToken cancellationToken)
    {
        var settings = services.GetRequiredService<IConfiguration>();
        var domain = settings[Domain];
        if ((run.Parsed.GetValue(Issuer) ?? (string.IsNullOrWhiteSpace(domain) ? null : $"https://auth.{domain.Trim()}")) is not { } issuer)
        {
            return run.Refuse("NO_ISSUER", "Give --issuer, the iss of the gateway’s tokens, such as https://auth.example.com.", ExitCodes.WrongUse);
        }

        var progress = new GatewayRunProgress(new CommandProgress(run.Console.Error, services.GetRequiredService<TimeProvider>()));
        try
        {
            var key = await GatewayKeySource.ReadAsync(run, settings, cancellationToken);
            var data = await ReadAsync(run, services, settings[RedisPassword], progress, cancellationToken);
            return await TakeOverAsync(run, services, new GatewayTakeover(data, issuer, key, run.Reason), progress, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            return run.Refuse("NO_BACKUP", exception.Message, ExitCodes.WrongUse);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return run.Refuse("NO_FILE", "A file that was named cannot be read. Check that it is there and may be read.", ExitCodes.WrongUse);
        }
    }

    private static async Task<GatewayData> ReadAsync(
        CommandRun run, IServiceProvider services, string? password, GatewayRunProgress progress, CancellationToken cancellationToken)
    {
        if (run.Parsed.GetValue(File) is not { } file)
        {
            return await services.GetRequiredService<IGatewayReader>().ReadAsync(
                run.Parsed.GetValue(Redis)!, password, progress, cancellationToken);
        }

        await using var stream = file.OpenRead();
        return await GatewayBackup.ReadAsync(stream, cancellationToken);
    }

    private static async Task<int> TakeOverAsync(
        CommandRun run, IServiceProvider services, GatewayTakeover takeover, GatewayRunProgress progress, CancellationToken cancellationToken)
    {
        var import = services.GetRequiredService<GatewayImport>();

        // Where nobody reads what would happen, everything is compared once alone.
        if ((run.IsDryRun || !run.Parsed.GetValue(VerbOptions.Yes))
            && await PreviewAsync(run, import, takeover, progress, cancellationToken) is { } ended)
        {
            return ended;
        }

        return await import.RunAsync(takeover, CommandRun.Who, progress, cancellationToken) switch
        {
            GatewayOutcome.Done done => ImportAnswers.Done(run, done.Report),
            GatewayOutcome.Invalid invalid => ImportAnswers.Invalid(run, invalid),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    // Null where it is to be done.
    private static async Task<int?> PreviewAsync(
        CommandRun run, GatewayImport import, GatewayTakeover takeover, GatewayRunProgress progress, CancellationToken cancellationToken)
    {
        var preview = await import.PreviewAsync(takeover, progress, cancellationToken);
        if (preview is not GatewayOutcome.Done { Report: var expected })
        {
            return ImportAnswers.Invalid(run, (GatewayOutcome.Invalid)preview);
        }

        return run.IsDryRun ? ImportAnswers.Planned(run, expected)
            : expected.ChangesNothing ? null
            : run.Settle(ImportAnswers.ConsequenceOf(expected));
    }
}
