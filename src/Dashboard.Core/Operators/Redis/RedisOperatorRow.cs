using Dashboard.Core.Operators.SecondFactors;

namespace Dashboard.Core.Operators.Redis;

/// <summary>An operator as Redis keeps it.</summary>
internal sealed record RedisOperatorRow(
    string Id,
    string UserName,
    string PasswordHash,
    string SecurityStamp,
    string Role,
    bool Enabled,
    bool MustChangePassword,
    long CreatedAt,
    string SecondFactors = "{}",
    long Version = 0)
{
    public static RedisOperatorRow Of(OperatorAccount account) => new(
        account.Id,
        account.UserName,
        account.PasswordHash,
        account.SecurityStamp,
        account.Role,
        account.IsEnabled,
        account.MustChangePassword,
        account.CreatedAt.ToUnixTimeMilliseconds(),
        account.SecondFactors.ToJson(),
        account.Version);

    public OperatorAccount ToOperator() => new()
    {
        Id = Id,
        UserName = UserName,
        PasswordHash = PasswordHash,
        SecurityStamp = SecurityStamp,
        Role = Role,
        IsEnabled = Enabled,
        MustChangePassword = MustChangePassword,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        SecondFactors = OperatorSecondFactors.Parse(SecondFactors),
        Version = Version,
    };

    /// <summary>Without the hash.</summary>
    public override string ToString() => Id;
}
