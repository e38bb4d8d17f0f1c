using System.Globalization;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Audit.Checkpoints;

/// <summary>
/// Writes checkpoints down outside the store: to a file beside it, one line each, and to the process's log. Whoever can change
/// the store cannot change what has been carried away from there.
/// </summary>
internal sealed class CheckpointFile(IOptions<SignetOptions> options, ILogger<CheckpointFile> logger) : IDisposable
{
    public const string Name = "audit-checkpoints.log";

    private readonly SemaphoreSlim _turn = new(1, 1);

    private string Place => Path.GetFullPath(Path.Combine(options.Value.DataFolder, Name));

    /// <summary>Writes one down. Where the file cannot be written that is logged: the store and the log have it all the same.</summary>
    public async Task AppendAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        logger.CheckpointTaken(checkpoint.Head.Number, checkpoint.By, checkpoint.Text);
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{checkpoint.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {checkpoint.Text}\n");
        await _turn.WaitAsync(cancellationToken);
        try
        {
            DataFolder.Create(options.Value.DataFolder);
            await File.AppendAllTextAsync(Place, line, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StartupException)
        {
            logger.CheckpointNotWritten(exception, Place);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
