using Dashboard.Core.Primitives;
using Dashboard.Hosting;

namespace Dashboard.Commands;

/// <summary>What stops a verb before it answers: a sentence, an object for whoever asked for JSON, and an exit code; never more.</summary>
internal static class CommandFailures
{
    private const string WrongSetting = "WRONG_SETTING";
    private const string FileUnusable = "FILE_UNUSABLE";
    private const string Interrupted = "INTERRUPTED";

    /// <summary>Lets a verb work. Gives the exit code.</summary>
    public static async Task<int> GuardAsync(CommandRun run, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (StartupException exception)
        {
            return run.Refuse(
                exception.ExitCode is ExitCodes.WrongUse ? WrongSetting : ErrorCode.StoreUnavailable.Name,
                exception.Message,
                exception.ExitCode);
        }
        catch (OperationCanceledException)
        {
            return run.Refuse(Interrupted, "Interrupted.");
        }
        catch (Exception exception) when (exception is StoreUnavailableException or InvalidDataException)
        {
            return run.Refuse(
                ErrorCode.StoreUnavailable.Name,
                $"{exception.Message} {exception.InnerException?.Message}".TrimEnd(),
                ExitCodes.StoreUnreachable);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return run.Refuse(FileUnusable, exception.Message, ExitCodes.WrongUse);
        }
    }
}
