using System.Globalization;
using System.Text.Json;
using Dashboard.Core.Operators;
using Dashboard.Hosting;

namespace Dashboard.Commands;

/// <summary>The answers of <c>operators …</c>.</summary>
internal interface IOperatorReport
{
    void List(IReadOnlyList<OperatorAccount> operators);

    void Role(OperatorAccount found);

    void Created(OperatorCreation.Created created);

    void Planned(OperatorAccount planned, string consequence);

    void Changed(OperatorUpdate.Changed changed);

    void Unlocked(OperatorAccount found);

    void Refused(OperatorRefusal refusal);
}

/// <summary>For people. A password is all there is on standard output, so that it can be piped.</summary>
internal sealed class TextOperatorReport(CommandConsole console) : IOperatorReport
{
    public void List(IReadOnlyList<OperatorAccount> operators)
    {
        var width = operators.Select(found => found.UserName.Length).Append("USER NAME".Length).Max() + 2;
        console.Out.WriteLine($"{"USER NAME".PadRight(width)}{"ROLE",-15}{"STATE",-22}{"SECOND FACTORS",-28}CREATED");
        foreach (var found in operators)
        {
            var created = found.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
            console.Out.WriteLine(
                $"{found.UserName.PadRight(width)}{found.Role,-15}{StateOf(found),-22}{FactorsOf(found),-28}{created}");
        }
    }

    public void Role(OperatorAccount found) => console.Out.WriteLine(found.Role);

    public void Created(OperatorCreation.Created created)
    {
        console.Error.WriteLine(
            $"Created {created.Operator.UserName} ({created.Operator.Role}). This password is shown once, and must be changed at the first login:");
        console.Out.WriteLine(created.Password);
    }

    public void Planned(OperatorAccount planned, string consequence)
    {
        console.Out.WriteLine(consequence);
        console.Out.WriteLine("Nothing was changed.");
    }

    public void Changed(OperatorUpdate.Changed changed)
    {
        if (changed.Password is not { } password)
        {
            console.Out.WriteLine($"{changed.Operator.UserName} is {changed.Operator.Role} now. Every session of theirs has ended.");
            return;
        }

        console.Error.WriteLine(
            $"WARNING: {changed.Operator.UserName} ({changed.Operator.Role}) was reset. Second factors are removed and sessions ended; the "
            + "audit log says that you did it. This password is shown once, and must be changed at the next login:");
        console.Out.WriteLine(password);
    }

    public void Unlocked(OperatorAccount found) => console.Out.WriteLine($"{found.UserName} can try again at once.");

    public void Refused(OperatorRefusal refusal) => console.Error.WriteLine(refusal.Message);

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

/// <summary>For scripts: one object.</summary>
internal sealed class JsonOperatorReport(CommandConsole console) : IOperatorReport
{
    public void List(IReadOnlyList<OperatorAccount> operators) => Write(new { operators = operators.Select(Of) });

    public void Role(OperatorAccount found) => Write(Of(found));

    public void Created(OperatorCreation.Created created) =>
        Write(new { status = "created", @operator = Of(created.Operator), password = created.Password });

    public void Planned(OperatorAccount planned, string consequence) =>
        Write(new { status = "planned", message = consequence, @operator = Of(planned) });

    public void Changed(OperatorUpdate.Changed changed) =>
        Write(new { status = "done", @operator = Of(changed.Operator), password = changed.Password });

    public void Unlocked(OperatorAccount found) => Write(new { status = "done", @operator = Of(found) });

    public void Refused(OperatorRefusal refusal) => Write(new { status = "refused", refusal.Code, refusal.Message });

    private static object Of(OperatorAccount found) => new
    {
        found.Id,
        username = found.UserName,
        found.Role,
        enabled = found.IsEnabled,
        found.MustChangePassword,
        second_factors = new { authenticator = found.SecondFactors.Authenticator is not null, passkeys = found.SecondFactors.Passkeys.Count },
        found.CreatedAt,
    };

    private void Write<T>(T answer) => console.Out.WriteLine(JsonSerializer.Serialize(answer, Json.Options));
}
