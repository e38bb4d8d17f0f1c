using Dashboard.Core.Operators;
using Dashboard.Hosting;

namespace Dashboard.Operators;

/// <summary>An operator as the API shows them: nothing that could sign in, but for a password at the moment it is made.</summary>
internal sealed record OperatorJson(
    string Id,
    string Username,
    string Role,
    bool Enabled,
    bool MustChangePassword,
    OperatorFactorsJson SecondFactors,
    DateTimeOffset CreatedAt,
    string? Password)
{
    public static OperatorJson Of(OperatorAccount account, string? password = null) => new(
        account.Id,
        account.UserName,
        account.Role,
        account.IsEnabled,
        account.MustChangePassword,
        new OperatorFactorsJson(account.SecondFactors.Authenticator is not null, account.SecondFactors.Passkeys.Count),
        account.CreatedAt,
        password);

    /// <summary>Without the password.</summary>
    public override string ToString() => Username;
}

/// <summary>Which second factors there are.</summary>
internal sealed record OperatorFactorsJson(bool Authenticator, int Passkeys);

/// <summary>What a change would do.</summary>
/// <param name="WouldSucceed">Whether it would be carried out.</param>
/// <param name="Operator">The operator afterwards.</param>
/// <param name="Refusal">Why it would not be carried out.</param>
internal sealed record OperatorTrialJson(bool WouldSucceed, OperatorJson? Operator, RefusalJson? Refusal);
