using System.CommandLine;
using Dashboard.Core.Access;

namespace Dashboard.Commands;

/// <summary><c>operators …</c>: the people who sign in, from the server's own console, whether Signet runs or not.</summary>
internal static class OperatorCommands
{
    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON." };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask before." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would happen, and change nothing." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, for the audit log." };
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

    /// <summary>The verbs, with the settings that were given beside them.</summary>
    public static Command Create(string[] settings, CommandConsole console)
    {
        var list = new Command("list", "Lists everybody who may sign in.") { Json };
        list.SetAction((parsed, stop) => RunAsync(parsed, (run, cancellation) => run.ListAsync(cancellation), stop));

        var create = new Command("create", "Creates an operator and prints their password once.") { NewName, NewRole, Reason, Json };
        create.SetAction((parsed, stop) => RunAsync(
            parsed,
            (run, cancellation) => run.CreateAsync(parsed.GetRequiredValue(NewName), parsed.GetRequiredValue(NewRole), cancellation),
            stop));

        var reset = new Command(
            "reset",
            "For somebody who is locked out: prints a new password once, removes every second factor and ends every session.")
        {
            Name, Reason, DryRun, Yes, Json,
        };
        reset.SetAction((parsed, stop) => RunAsync(
            parsed, (run, cancellation) => run.ResetAsync(parsed.GetRequiredValue(Name), cancellation), stop));

        var roles = new Command("roles", "Prints an operator's role, or gives them another one.") { Name, Role, Reason, DryRun, Yes, Json };
        roles.SetAction((parsed, stop) => RunAsync(
            parsed,
            (run, cancellation) => parsed.GetValue(Role) is { } role
                ? run.ChangeRoleAsync(parsed.GetRequiredValue(Name), role, cancellation)
                : run.ShowRoleAsync(parsed.GetRequiredValue(Name), cancellation),
            stop));

        var unlock = new Command("unlock", "Forgets an operator's failed logins, so that they can try again at once.") { Name, Reason, Json };
        unlock.SetAction((parsed, stop) => RunAsync(
            parsed, (run, cancellation) => run.UnlockAsync(parsed.GetRequiredValue(Name), cancellation), stop));

        return new Command("operators", "The people who sign in here.") { list, create, reset, roles, unlock };

        Task<int> RunAsync(ParseResult parsed, Func<OperatorRun, CancellationToken, Task<int>> work, CancellationToken stop) =>
            work(
                new OperatorRun(
                    settings,
                    console,
                    parsed.GetValue(Json) ? new JsonOperatorReport(console) : new TextOperatorReport(console),
                    new RunOptions(parsed.GetValue(Reason), parsed.GetValue(DryRun), parsed.GetValue(Yes))),
                stop);
    }
}
