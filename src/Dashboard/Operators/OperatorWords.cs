using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Operators;

namespace Dashboard.Operators;

/// <summary>An operator's role, state and second factors in words, the same on every page.</summary>
internal static class OperatorWords
{
    /// <summary>The role with a capital.</summary>
    public static string TitleOf(string role) =>
        role is Roles.Subject ? "Subject (consent only)" : char.ToUpperInvariant(role[0]) + role[1..];

    /// <summary>One line of what somebody with the role may do.</summary>
    public static string MeaningOf(string role) => role switch
    {
        Roles.Administrator => "May do everything: mint, revoke in bulk, rotate keys, manage operators.",
        Roles.Reviewer => "Sees everything, the audit log included, and changes nothing.",
        Roles.Support => "Looks up tokens and failures, and revokes one token at a time.",
        Roles.Subject => "Operates nothing here: signs in to let applications act for them, and keeps their own sign-in.",
        _ => "A role that this version does not know: it may do nothing.",
    };

    public static string StateOf(OperatorAccount account) => account switch
    {
        { IsEnabled: false } => "Disabled",
        { MustChangePassword: true } => "Must change password",
        _ => "Enabled",
    };

    public static StatusKind KindOf(OperatorAccount account) => account switch
    {
        { IsEnabled: false } => StatusKind.Refused,
        { MustChangePassword: true } => StatusKind.Warning,
        _ => StatusKind.Live,
    };

    /// <summary>Such as "Authenticator, 2 passkeys".</summary>
    public static string FactorsOf(OperatorAccount account) => (account.SecondFactors.Authenticator, account.SecondFactors.Passkeys.Count) switch
    {
        (null, 0) => "No second factor",
        (null, var passkeys) => Count(passkeys),
        (_, 0) => "Authenticator",
        (_, var passkeys) => $"Authenticator, {Count(passkeys)}",
    };

    private static string Count(int passkeys) => passkeys is 1 ? "1 passkey" : $"{passkeys} passkeys";
}
