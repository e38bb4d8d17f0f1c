namespace Dashboard.Core.Keys.Protection;

/// <summary>Where the master key comes from. Bound from <c>SIGNET_MASTER_KEY</c> and <c>SIGNET_MASTER_KEY_FILE</c>.</summary>
public sealed class MasterKeyOptions
{
    public const string KeySetting = "SIGNET_MASTER_KEY";

    public const string FileSetting = "SIGNET_MASTER_KEY_FILE";

    /// <summary>Set by the command that changes the master key alone.</summary>
    public const string NewFileSetting = "SIGNET_NEW_MASTER_KEY_FILE";

    /// <summary>32 bytes in base64; null to read a file.</summary>
    public string? Key { get; set; }

    /// <summary>A file holding 32 bytes in base64; null for <c>master.key</c> in the data folder.</summary>
    public string? File { get; set; }

    /// <summary>The file of the key to change to; null to change the present file in its place.</summary>
    public string? NewFile { get; set; }
}
