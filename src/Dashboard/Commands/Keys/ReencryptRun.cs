using Dashboard.Core;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Protection.Reencryption;

namespace Dashboard.Commands.Keys;

/// <summary><c>keys reencrypt</c>.</summary>
internal sealed class ReencryptRun(CommandRun run, string? newKeyFile)
{
    public Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string?> overrides = new(StringComparer.Ordinal);
        if (newKeyFile is not null)
        {
            overrides[MasterKeyOptions.NewFileSetting] = Path.GetFullPath(newKeyFile);
        }

        return run.WithCoreAsync(
            services => RunAsync(services.GetRequiredService<MasterKeyChange>(), cancellationToken),
            cancellationToken,
            CoreParts.People,
            overrides);
    }

    private async Task<int> RunAsync(MasterKeyChange change, CancellationToken cancellationToken)
    {
        var values = await change.CountAsync(cancellationToken);
        var consequence = $"{values} keys and secrets are encrypted by a new master key. The present one opens nothing but backups made before.";
        if (run.Settle(consequence, new { values }) is { } ended)
        {
            return ended;
        }

        var changed = await change.ChangeAsync(run.Reason, CommandRun.Who, cancellationToken);
        var sentence = SentenceOf(changed);
        return run.Answer(
            new
            {
                status = "done",
                message = sentence,
                values = changed.Values,
                old_id = changed.OldId,
                new_id = changed.NewId,
                file = changed.ReplacedFile,
            },
            sentence);
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
}
