using System.CommandLine;
using Dashboard.Core.Access;

namespace Dashboard.Commands.Operators;

/// <summary><c>operators …</c>: the people who sign in, from the server's own console, whether Signet runs or not.</summary>
internal static class OperatorCommands
{
    private static readonly Option<string> NewName = new("--name") { Description = "What they sign in with.", Required = true };
    private static readonly Option<string> NewRole = new("--role") { Description = "What they may do.", Required = true };
    private static readonly Argument<string> Name = new("name") { Description = "Whose user name." };

    private static readonly Argument<string?> Role = new("role")
    {
        Description = "The new role; without one the present role is printed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    static OperatorCommands()
    {
        NewRole.AcceptOnlyFromAmong([.. Roles.All]);
        Role.AcceptOnlyFromAmong([.. Roles.All]);
    }

    public static Command Create(Verbs verbs) => Verbs.Group(
        "operators",
        "The people who sign in here.",
        verbs.Create("list", "Lists everybody who may sign in.", (run, stop) => new OperatorRun(run).ListAsync(stop)),
        verbs.Create(
            "create",
            "Creates an operator and prints their password once.",
            (run, stop) => new OperatorRun(run).CreateAsync(
                run.Parsed.GetRequiredValue(NewName), run.Parsed.GetRequiredValue(NewRole), stop),
            NewName,
            NewRole,
            VerbOptions.Reason),
        verbs.CreateDestructive(
            "reset",
            "For somebody who is locked out: prints a new password once, removes every second factor and ends every session.",
            (run, stop) => new OperatorRun(run).ResetAsync(run.Parsed.GetRequiredValue(Name), stop),
            Name),
        verbs.CreateDestructive(
            "roles",
            "Prints an operator's role, or gives them another one.",
            parsed => parsed.GetValue(Role) is not null,
            (run, stop) => run.Parsed.GetValue(Role) is { } role
                ? new OperatorRun(run).ChangeRoleAsync(run.Parsed.GetRequiredValue(Name), role, stop)
                : new OperatorRun(run).ShowRoleAsync(run.Parsed.GetRequiredValue(Name), stop),
            Name,
            Role),
        verbs.Create(
            "unlock",
            "Forgets an operator's failed logins, so that they can try again at once.",
            (run, stop) => new OperatorRun(run).UnlockAsync(run.Parsed.GetRequiredValue(Name), stop),
            Name,
            VerbOptions.Reason));
}
