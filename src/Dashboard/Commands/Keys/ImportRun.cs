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
                async services => Answer(await services.GetRequiredService<KeyMaking>().ImportAsync(
                    new KeyImport(text, algorithm, keyId, state, run.Reason), CommandRun.Who, cancellationToken)),
                cancellationToken)
            : run.Refuse("NO_FILE", $"The file {source} cannot be read.", ExitCodes.WrongUse);

    private int Answer(KeyCreation outcome)
    {
        if (outcome is not KeyCreation.Created { Key: var key })
        {
            return run.Refuse(KeyProblems.Of(outcome));
        }

        var what = key.State is KeyState.Next ? "signs after the next rotation" : "verifies what it signed, and never signs here";
        return run.Answer(
            new CreatedKeyJson(key.KeyId, key.Algorithm.ToString(), key.State, null), $"{key.KeyId} ({key.Algorithm}) {what}.");
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
