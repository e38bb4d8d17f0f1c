namespace Dashboard.Core.Operators;

/// <summary>The operator of a new store. Bound from <c>SIGNET_ADMIN_USER</c> and <c>SIGNET_ADMIN_PASSWORD</c>.</summary>
public sealed class FirstOperatorOptions
{
    public const string UserSetting = "SIGNET_ADMIN_USER";

    public const string PasswordSetting = "SIGNET_ADMIN_PASSWORD";

    public string UserName { get; set; } = "admin";

    /// <summary>Null to have one generated, which must be changed at first login.</summary>
    public string? Password { get; set; }
}
