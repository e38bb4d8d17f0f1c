using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Sessions.Binding;
using SessionOptions = Dashboard.Core.Sessions.SessionOptions;

namespace Dashboard.Hosting.Settings.Catalogue;

/// <summary>People who log in, their sessions, and what they may see.</summary>
internal static class PeopleSettings
{
    public static readonly IReadOnlyList<SettingGroup> Groups =
    [
        new("First operator", null, typeof(FirstOperatorOptions),
        [
            new(
                nameof(FirstOperatorOptions.UserName),
                "The name of the operator of a new store.")
            {
                Key = FirstOperatorOptions.UserSetting,
            },
            new(
                nameof(FirstOperatorOptions.Password),
                "That operator's password.")
            {
                Key = FirstOperatorOptions.PasswordSetting,
                Secrecy = SettingSecrecy.Secret,
            },
        ]),
        new("Passwords", PasswordOptions.Section, typeof(PasswordOptions),
        [
            new(
                nameof(PasswordOptions.Iterations),
                "Rounds of PBKDF2-HMAC-SHA512; raising it strengthens each stored hash at its owner's next login."),
            new(
                nameof(PasswordOptions.Concurrency),
                "How many passwords are hashed at once; 0 for one less than there are processors."),
            new(nameof(PasswordOptions.Queue), "How many may wait for that; whoever comes then is told to try again."),
        ]),
        new("Second factors", SecondFactorOptions.Section, typeof(SecondFactorOptions),
        [
            new(nameof(SecondFactorOptions.RequiredFor), "Roles that reach nothing before they have set one up."),
        ]),
        new("Access", AccessOptions.Section, typeof(AccessOptions),
        [
            new(nameof(AccessOptions.ProofMaxAge), "How long a proof that it is them is good for an operator's dangerous acts."),
            new(nameof(AccessOptions.MaskedClaims), "Claims whose values some roles may not see, separated by spaces."),
            new(nameof(AccessOptions.MaskFor), "The roles that masked claims are hidden from, separated by spaces."),
        ]),
        new("Sessions", SessionOptions.Section, typeof(SessionOptions),
        [
            new(nameof(SessionOptions.IdleLimit), "A browser session ends when its person did nothing for this long."),
            new(nameof(SessionOptions.AbsoluteLimit), "Every session ends this long after its login."),
            new(nameof(SessionOptions.MostOpen), "So many browser sessions of one operator may be open."),
            new(nameof(SessionOptions.MostOpenAtApi), "So many sessions of the API of one operator may be open."),
            new(nameof(SessionOptions.Retention), "How long a session is kept after it ended."),
        ]),
        new("Session binding", BindingOptions.Section, typeof(BindingOptions),
        [
            new(
                nameof(BindingOptions.Mode),
                "Whether a session that moves to another browser is ended, only noted, or left alone."),
            new(nameof(BindingOptions.Grades), "Other grades for single signals of a browser that changed."),
        ]),
    ];
}
