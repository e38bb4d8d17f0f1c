using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Hosting.Keys;

namespace Dashboard.Commands.Keys;

/// <summary><c>keys import</c>.</summary>
internal sealed class ImportRun(CommandRun run)
{
    // Longer ones are no keys; the reader of keys says so.
    private const int MostRead = 64 * 1024;

    public async Task<int> RunAsync(
        string source, KeyAlgorithm? algorithm, string? keyId, KeyState state, CancellationToken cancellationToken) =>
        await ReadAsync(source, cancellationToken) is { } text
            ? await run.WithCoreAsync(
                services => ImportAsync(
                    services.GetRequiredService<KeyMaking>(), new KeyImport(text, algorithm, keyId, state, run.Reason), cancellationToken),
                cancellationToken)
            : run.Refuse("NO_FILE", $"The file {source} cannot be read.", ExitCodes.WrongUse);

    private async Task<int> ImportAsync(KeyMaking making, KeyImport import, CancellationToken cancellationToken)
    {
        var trial = making.TryImport(import);
        if (trial.Refusal is { } refusal)
        {
            return run.Refuse(KeyProblems.Of(refusal));
        }

        if ((run.IsDryRun || trial.DroppedKeyId is not null)
            && run.Settle(
                ConsequenceOf(trial, import.State),
                new { kid = trial.KeyId, import.State, dropped_kid = trial.DroppedKeyId }) is { } ended)
        {
            return ended;
        }

        return Answer(await making.ImportAsync(import, CommandRun.Who, cancellationToken), trial.DroppedKeyId);
    }

    private static string ConsequenceOf(KeyImportTrial trial, KeyState state) => state is KeyState.Next
        ? $"{trial.KeyId} is published from this moment on and signs after the next rotation."
            + (trial.DroppedKeyId is { } dropped ? $" The next key of now goes: {dropped} is dropped; it never signed." : "")
        : $"What {trial.KeyId} signed is checked with it from this moment on. It is published, and never signs here.";

    private int Answer(KeyCreation outcome, string? dropped)
    {
        if (outcome is not KeyCreation.Created { Key: var key })
        {
            return run.Refuse(KeyProblems.Of(outcome));
        }

        var what = key.State is KeyState.Next ? "signs after the next rotation" : "verifies what it signed, and never signs here";
        return run.Answer(
            new { kid = key.KeyId, alg = key.Algorithm.ToString(), key.State, dropped_kid = dropped },
            $"{key.KeyId} ({key.Algorithm}) {what}.{(dropped is null ? "" : $" {dropped} is dropped.")}");
    }

    // Null where it cannot be read.
    private async Task<string?> ReadAsync(string source, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = source is "-" ? run.Console.In() : new StreamReader(source);
            var buffer = new char[MostRead];
            return new string(buffer, 0, await reader.ReadBlockAsync(buffer, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
