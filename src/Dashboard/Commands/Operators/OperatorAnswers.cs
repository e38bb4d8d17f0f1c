using Dashboard.Core.Operators;

namespace Dashboard.Commands.Operators;

/// <summary>What commands about operators answer. A password is all there is on standard output, so that it can be piped.</summary>
internal static class OperatorAnswers
{
    public static int List(CommandRun run, IReadOnlyList<OperatorAccount> operators) => run.Answer(
        new { operators = operators.Select(Of) },
        writer =>
        {
            var table = new CommandTable("USER NAME", "ROLE", "STATE", "SECOND FACTORS", "CREATED");
            foreach (var found in operators)
            {
                table.Add(found.UserName, found.Role, StateOf(found), FactorsOf(found), CommandText.Time(found.CreatedAt));
            }

            table.Write(writer);
        });

    public static int Role(CommandRun run, OperatorAccount found) => run.Answer(Of(found), found.Role);

    public static int Created(CommandRun run, OperatorCreation.Created created)
    {
        run.Note(
            $"Created {created.Operator.UserName} ({created.Operator.Role}). This password is shown once, and must be changed at the first login:");
        return run.Answer(
            new { status = "created", @operator = Of(created.Operator), password = created.Password },
            writer => writer.WriteLine(created.Password));
    }

    public static int Changed(CommandRun run, OperatorUpdate.Changed changed)
    {
        var answer = new { status = "done", @operator = Of(changed.Operator), password = changed.Password };
        if (changed.Password is not { } password)
        {
            return run.Answer(answer, $"{changed.Operator.UserName} is {changed.Operator.Role} now. Every session of theirs has ended.");
        }

        run.Note(
            $"WARNING: {changed.Operator.UserName} ({changed.Operator.Role}) was reset. Second factors are removed and sessions ended; the "
            + "audit log says that you did it. This password is shown once, and must be changed at the next login:");
        return run.Answer(answer, password);
    }

    public static int Unlocked(CommandRun run, OperatorAccount found) =>
        run.Answer(new { status = "done", @operator = Of(found) }, $"{found.UserName} can try again at once.");

    public static object Of(OperatorAccount found) => new
    {
        found.Id,
        username = found.UserName,
        found.Role,
        enabled = found.IsEnabled,
        found.MustChangePassword,
        second_factors = new { authenticator = found.SecondFactors.Authenticator is not null, passkeys = found.SecondFactors.Passkeys.Count },
        found.CreatedAt,
    };

    private static string StateOf(OperatorAccount found) => found switch
    {
        { IsEnabled: false } => "disabled",
        { MustChangePassword: true } => "must change password",
        _ => "enabled",
    };

    private static string FactorsOf(OperatorAccount found) => found.SecondFactors.Any
        ? $"{(found.SecondFactors.Authenticator is null ? "" : "authenticator, ")}{found.SecondFactors.Passkeys.Count} passkeys"
        : "none";
}
