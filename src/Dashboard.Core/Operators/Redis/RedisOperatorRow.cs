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
    long CreatedAt)
{
    public static RedisOperatorRow Of(OperatorAccount account) => new(
        account.Id,
        account.UserName,
        account.PasswordHash,
        account.SecurityStamp,
        account.Role,
        account.IsEnabled,
        account.MustChangePassword,
        account.CreatedAt.ToUnixTimeMilliseconds());

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
    };

    /// <summary>Without the hash.</summary>
    public override string ToString() => Id;
}
