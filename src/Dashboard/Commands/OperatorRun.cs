using Dashboard.Core;
using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Hosting;

namespace Dashboard.Commands;

/// <summary>One command about operators, on the configured store, as <c>cli:&lt;os user&gt;</c>.</summary>
internal sealed class OperatorRun(
    string[] settings, CommandConsole console, IOperatorReport report, RunOptions options)
{
    private static readonly Actor Who = Actor.OfCommand(Environment.UserName);

    public Task<int> ListAsync(CancellationToken cancellationToken) => WorkAsync(
        services =>
        {
            report.List(services.GetRequiredService<OperatorDirectory>().All);
            return Task.FromResult(ExitCodes.Done);
        },
        cancellationToken);

    public Task<int> CreateAsync(string name, string role, CancellationToken cancellationToken) => WorkAsync(
        async services => await services.GetRequiredService<OperatorAdministration>()
            .CreateAsync(name, role, null, options.WrittenReason, Who, cancellationToken) switch
        {
            OperatorCreation.Created created => Say(() => report.Created(created)),
            OperatorCreation.Invalid invalid => Refuse(OperatorRefusal.Of(invalid), ExitCodes.WrongUse),
            _ => Refuse(OperatorRefusal.NameTaken(name)),
        },
        cancellationToken);

    public Task<int> ShowRoleAsync(string name, CancellationToken cancellationToken) => WithAsync(
        name, (_, found) => Task.FromResult(Say(() => report.Role(found))), cancellationToken);

    public Task<int> ChangeRoleAsync(string name, string role, CancellationToken cancellationToken) => ChangeAsync(
        name,
        found => $"{found.UserName} is {found.Role} and becomes {role}. Every session of theirs ends.",
        (administration, found) => administration.TryUpdate(found.Id, new OperatorEdit(Role: role), Who),
        (administration, found) => administration.ChangeRoleAsync(found.Id, role, options.WrittenReason, Who, cancellationToken),
        cancellationToken);

    public Task<int> ResetAsync(string name, CancellationToken cancellationToken) => ChangeAsync(
        name,
        found => $"{found.UserName} ({found.Role}) gets a new password and is enabled. Their second factors are removed, and every "
            + "session of theirs ends.",
        (_, found) => new OperatorUpdate.Changed(found, null),
        (administration, found) => administration.ResetAsync(found.Id, options.WrittenReason, Who, cancellationToken),
        cancellationToken);

    public Task<int> UnlockAsync(string name, CancellationToken cancellationToken) => WithAsync(
        name,
        async (services, found) =>
        {
            await services.GetRequiredService<OperatorUnlocking>().UnlockAsync(found.Id, options.WrittenReason, Who, cancellationToken);
            return Say(() => report.Unlocked(found));
        },
        cancellationToken);

    private Task<int> ChangeAsync(
        string name,
        Func<OperatorAccount, string> consequence,
        Func<OperatorAdministration, OperatorAccount, OperatorUpdate> attempt,
        Func<OperatorAdministration, OperatorAccount, Task<OperatorUpdate>> change,
        CancellationToken cancellationToken)
    {
        if (options is { Yes: false, DryRun: false } && console.Ask is null)
        {
            console.Error.WriteLine("This ends every session of the operator, and there is no terminal to ask at: add --yes.");
            return Task.FromResult(ExitCodes.WrongUse);
        }

        return WithAsync(
            name,
            async (services, found) =>
            {
                var administration = services.GetRequiredService<OperatorAdministration>();
                var trial = attempt(administration, found);
                if (trial is not OperatorUpdate.Changed planned)
                {
                    return Answer(trial);
                }

                if (options.DryRun)
                {
                    return Say(() => report.Planned(planned.Operator, consequence(found)));
                }

                return options.Yes || console.Confirms(consequence(found))
                    ? Answer(await change(administration, found))
                    : Refuse(OperatorRefusal.NotConfirmed);
            },
            cancellationToken);
    }

    private int Answer(OperatorUpdate update) => update switch
    {
        OperatorUpdate.Changed changed => Say(() => report.Changed(changed)),
        OperatorUpdate.Already already => Say(() => report.Role(already.Operator)),
        var refused => Refuse(OperatorRefusal.Of(refused)),
    };

    private Task<int> WithAsync(
        string name, Func<IServiceProvider, OperatorAccount, Task<int>> work, CancellationToken cancellationToken) => WorkAsync(
        services => services.GetRequiredService<OperatorDirectory>().FindByName(name) is { } found
            ? work(services, found)
            : Task.FromResult(Refuse(OperatorRefusal.Unknown(name))),
        cancellationToken);

    private async Task<int> WorkAsync(Func<IServiceProvider, Task<int>> work, CancellationToken cancellationToken)
    {
        await using var app = CommandHost.Build(settings, new Dictionary<string, string?>(StringComparer.Ordinal));
        app.ValidateSettings();
        await using var core = await CommandCore.OpenAsync(app.Services, cancellationToken);
        return await work(app.Services);
    }

    private int Refuse(OperatorRefusal refusal, int exitCode = ExitCodes.No)
    {
        report.Refused(refusal);
        return exitCode;
    }

    private static int Say(Action answer)
    {
        answer();
        return ExitCodes.Done;
    }
}
