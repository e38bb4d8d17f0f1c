using Dashboard.Controls;
using Dashboard.Core.Operators;

namespace Dashboard.Operators;

/// <summary>What an administrator is told and asked before an operator is changed.</summary>
internal static class OperatorQuestions
{
    public static ReasonQuestion Create(string userName, string role) => new()
    {
        Title = "Create this operator?",
        Named = $"{userName} · {role}",
        Consequence = $"A password is generated and shown to you once. {OperatorWords.MeaningOf(role)}",
        ActionLabel = "Create operator",
        IsDestructive = false,
    };

    public static ReasonQuestion ChangeRole(OperatorAccount account, string role) => new()
    {
        Title = $"Make them {role}?",
        Named = $"{account.UserName} · {account.Role} until now",
        Consequence = $"{OperatorWords.MeaningOf(role)} Every session of theirs ends at once.",
        Survives = "Their password and second factors: they can sign in again with the new role. What they did stays done.",
        ActionLabel = "Change role",
    };

    public static ReasonQuestion Disable(OperatorAccount account) => new()
    {
        Title = "Disable this operator?",
        Named = $"{account.UserName} · {account.Role}",
        Consequence = "Every session of theirs ends at once, their API tokens with it, and they cannot sign in any more.",
        Survives = "The account with its role and second factors, until it is enabled again. Tokens they minted for others stay good.",
        ActionLabel = "Disable",
    };

    public static ReasonQuestion Enable(OperatorAccount account) => new()
    {
        Title = "Enable this operator?",
        Named = $"{account.UserName} · {account.Role}",
        Consequence = "They can sign in again, with the password and second factors they had.",
        ActionLabel = "Enable",
        IsDestructive = false,
    };

    public static ReasonQuestion Unlock(OperatorAccount account) => new()
    {
        Title = "Unlock this operator?",
        Named = $"{account.UserName} · {account.Role}",
        Consequence = "Every failed login and wrong second factor of theirs is forgotten, so that they can try again at once. So can whoever guesses.",
        Survives = "Their password, second factors and sessions.",
        ActionLabel = "Unlock",
        IsDestructive = false,
    };

    public static ReasonQuestion Reset(OperatorAccount account) => new()
    {
        Title = "Reset how they sign in?",
        Named = $"{account.UserName} · {account.Role}",
        Consequence = "A new password is shown to you once, their second factors and recovery codes are removed, and every session of theirs ends."
            + (account.IsEnabled ? "" : " They are enabled again."),
        Survives = "The account and its role. They choose a password of their own when they sign in.",
        ActionLabel = "Reset sign-in",
    };
}
