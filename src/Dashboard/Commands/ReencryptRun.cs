using System.Text.Json;
using Dashboard.Core;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Protection.Reencryption;
using Dashboard.Hosting;

namespace Dashboard.Commands;

/// <summary><c>keys reencrypt</c>, on the configured store, as <c>cli:&lt;os user&gt;</c>.</summary>
internal sealed class ReencryptRun(
    string[] settings, CommandConsole console, string? newKeyFile, RunOptions options, bool json)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (options is { Yes: false, DryRun: false } && console.Ask is null)
        {
            console.Error.WriteLine("This changes what opens the store, and there is no terminal to ask at: add --yes.");
            return ExitCodes.WrongUse;
        }

        Dictionary<string, string?> overrides = new(StringComparer.Ordinal);
        if (newKeyFile is not null)
        {
            overrides[MasterKeyOptions.NewFileSetting] = Path.GetFullPath(newKeyFile);
        }

        await using var app = CommandHost.Build(settings, overrides);
        app.ValidateSettings();
        await using var core = await CommandCore.OpenAsync(app.Services, cancellationToken);
        return await RunAsync(app.Services.GetRequiredService<MasterKeyChange>(), cancellationToken);
    }

    private async Task<int> RunAsync(MasterKeyChange change, CancellationToken cancellationToken)
    {
        var values = await change.CountAsync(cancellationToken);
        var consequence = $"{values} keys and secrets are encrypted by a new master key. The present one opens nothing but backups made before.";
        if (options.DryRun)
        {
            Say("planned", $"{consequence} Nothing was changed.", values, null);
            return ExitCodes.Done;
        }

        if (!options.Yes && !console.Confirms(consequence))
        {
            Say("refused", "Nothing was changed.", 0, null);
            return ExitCodes.No;
        }

        var changed = await change.ChangeAsync(options.WrittenReason, Actor.OfCommand(Environment.UserName), cancellationToken);
        Say("done", SentenceOf(changed), changed.Values, changed);
        return ExitCodes.Done;
    }

    private string SentenceOf(MasterKeyChanged changed) => changed switch
    {
        { Values: 0 } => "The store is encrypted by that master key already.",
        { ReplacedFile: { } file } =>
            $"{changed.Values} keys and secrets are encrypted by the new master key in {file}. {file}.old opens backups made before; keep "
            + "it with them, or delete it with them. Every node of this store needs the new key.",
        _ => $"{changed.Values} keys and secrets are encrypted by the new master key. Start Signet from now on with "
            + $"{MasterKeyOptions.FileSetting}={newKeyFile}, or with its content as {MasterKeyOptions.KeySetting}, on every node. Keep the old key "
            + "for backups made before.",
    };

    private void Say(string status, string message, int values, MasterKeyChanged? changed)
    {
        if (json)
        {
            console.Out.WriteLine(JsonSerializer.Serialize(
                new { status, message, values, old_id = changed?.OldId, new_id = changed?.NewId, file = changed?.ReplacedFile }, Json.Options));
        }
        else if (status is "refused")
        {
            console.Error.WriteLine(message);
        }
        else
        {
            console.Out.WriteLine(message);
        }
    }
}
