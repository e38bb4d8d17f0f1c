using Dashboard.Core;
using Dashboard.Core.Operators;

namespace Dashboard.Commands.Operators;

/// <summary>One command about operators.</summary>
internal sealed class OperatorRun(CommandRun run)
{
    public Task<int> ListAsync(CancellationToken cancellationToken) => WorkAsync(
        services => Task.FromResult(OperatorAnswers.List(run, services.GetRequiredService<OperatorDirectory>().All)), cancellationToken);

    public Task<int> CreateAsync(string name, string role, CancellationToken cancellationToken) => WorkAsync(
        async services => await services.GetRequiredService<OperatorAdministration>()
            .CreateAsync(name, role, null, run.Reason, CommandRun.Who, cancellationToken) switch
        {
            OperatorCreation.Created created => OperatorAnswers.Created(run, created),
            OperatorCreation.Invalid invalid => run.Refuse(
                "INVALID", string.Join(' ', invalid.Faults.Select(fault => $"The {fault.Field} {fault.Message}.")), ExitCodes.WrongUse),
            _ => run.Refuse("NAME_TAKEN", $"The user name '{name}' is taken."),
        },
        cancellationToken);

    public Task<int> ShowRoleAsync(string name, CancellationToken cancellationToken) => WithAsync(
        name, (_, found) => Task.FromResult(OperatorAnswers.Role(run, found)), cancellationToken);

    public Task<int> ChangeRoleAsync(string name, string role, CancellationToken cancellationToken) => ChangeAsync(
        name,
        found => $"{found.UserName} is {found.Role} and becomes {role}. Every session of theirs ends.",
        (administration, found) => administration.TryUpdate(found.Id, new OperatorEdit(Role: role), CommandRun.Who),
        (administration, found) => administration.ChangeRoleAsync(found.Id, role, run.Reason, CommandRun.Who, cancellationToken),
        cancellationToken);

    public Task<int> ResetAsync(string name, CancellationToken cancellationToken) => ChangeAsync(
        name,
        found => $"{found.UserName} ({found.Role}) gets a new password and is enabled. Their second factors are removed, and every "
            + "session of theirs ends.",
        (_, found) => new OperatorUpdate.Changed(found, null),
        (administration, found) => administration.ResetAsync(found.Id, run.Reason, CommandRun.Who, cancellationToken),
        cancellationToken);

    public Task<int> UnlockAsync(string name, CancellationToken cancellationToken) => WithAsync(
        name,
        async (services, found) =>
        {
            await services.GetRequiredService<OperatorUnlocking>().UnlockAsync(found.Id, run.Reason, CommandRun.Who, cancellationToken);
            return OperatorAnswers.Unlocked(run, found);
        },
        cancellationToken);

    private Task<int> ChangeAsync(
        string name,
        Func<OperatorAccount, string> consequence,
        Func<OperatorAdministration, OperatorAccount, OperatorUpdate> attempt,
        Func<OperatorAdministration, OperatorAccount, Task<OperatorUpdate>> change,
        CancellationToken cancellationToken) => WithAsync(
        name,
        async (services, found) =>
        {
            var administration = services.GetRequiredService<OperatorAdministration>();
            var trial = attempt(administration, found);
            if (trial is not OperatorUpdate.Changed planned)
            {
                return Answer(trial);
            }

            return run.Settle(consequence(found), new { @operator = OperatorAnswers.Of(planned.Operator) }) ?? Answer(await change(administration, found));
        },
        cancellationToken);

    private int Answer(OperatorUpdate update) => update switch
    {
        OperatorUpdate.Changed changed => OperatorAnswers.Changed(run, changed),
        OperatorUpdate.Already already => OperatorAnswers.Role(run, already.Operator),
        OperatorUpdate.LastAdministrator => run.Refuse(
            "LAST_ADMINISTRATOR", "This is the last enabled administrator: make somebody else administrator first."),
        _ => run.Refuse("GONE", "The operator was changed meanwhile. Nothing was done."),
    };

    private Task<int> WithAsync(
        string name, Func<IServiceProvider, OperatorAccount, Task<int>> work, CancellationToken cancellationToken) => WorkAsync(
        services => services.GetRequiredService<OperatorDirectory>().FindByName(name) is { } found
            ? work(services, found)
            : Task.FromResult(run.Refuse("UNKNOWN_OPERATOR", $"There is no operator '{name}'. See: operators list.")),
        cancellationToken);

    // Somebody who is locked out gets in whatever became of the signing keys.
    private Task<int> WorkAsync(Func<IServiceProvider, Task<int>> work, CancellationToken cancellationToken) =>
        run.WithCoreAsync(work, cancellationToken, CoreParts.People);
}
