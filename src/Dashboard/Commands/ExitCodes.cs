using Dashboard.Core.Primitives;

namespace Dashboard.Commands;

/// <summary>How a command ends.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The answer is "no".</summary>
    public const int No = 1;

    public const int WrongUse = StartupException.WrongSetting;

    public const int StoreUnreachable = StartupException.StoreUnusable;
}
