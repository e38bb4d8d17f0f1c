namespace Dashboard.Core.Primitives;

/// <summary>
/// Signet must not start. The message is for the person at the terminal: what is wrong, and what to do about it.
/// </summary>
/// <param name="message">Names the setting or file, its fault and the cure.</param>
/// <param name="exitCode">2 for a wrong setting, 3 for a store that cannot be used.</param>
/// <param name="inner">What was caught, for the log; null where nothing was.</param>
public sealed class StartupException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    public const int WrongSetting = 2;

    public const int StoreUnusable = 3;

    public int ExitCode { get; } = exitCode;
}
