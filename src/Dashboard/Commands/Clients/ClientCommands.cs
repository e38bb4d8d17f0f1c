using System.CommandLine;

namespace Dashboard.Commands.Clients;

/// <summary><c>clients …</c>: who may ask for tokens.</summary>
internal static class ClientCommands
{
    private static readonly FilterOptions Filter = new(
        FilterOptions.Text("status", "Only active, pending, disabled, expired or ended ones. Without it: all that have not ended."),
        FilterOptions.Text("origin", "Only those from operator, self_registered or configuration."),
        FilterOptions.Text("type", "Only public or confidential ones."),
        FilterOptions.Text("q", "The beginning of an id or name."));

    private static readonly Argument<string> Id = new("client_id") { Description = "Which, as clients list shows it." };

    private static readonly Option<TimeSpan?> SecretLifetime = DurationOption.Create(
        "--lifetime", "How long the new secret works, such as 90d; without it, as long as the client.");

    private static readonly Option<TimeSpan?> RenewedLifetime = DurationOption.Create(
        "--lifetime", "How long the registration lasts from now on, such as 90d.");

    private static readonly Option<bool> Forever = new("--forever") { Description = "It never expires." };

    private static readonly Option<bool> RevokeOld = new("--revoke-old")
    {
        Description = "Earlier secrets stop working at once. Without it they work on, so that the client can move to the new one.",
    };

    private static readonly Option<bool> WithTokens = new("--with-tokens")
    {
        Description = "Also where it has live tokens: they are revoked with it.",
    };

    public static Command Create(Verbs verbs) => Verbs.Group(
        "clients",
        "Who may ask for tokens: registrations and their secrets.",
        verbs.Create("list", "Lists clients, newest first.", Reading((reading, stop) => reading.ListAsync(Filter, stop)), Filter.OfList),
        verbs.Create("show", "Shows one client, or what is left of one that ended.", Reading((reading, id, stop) => reading.ShowAsync(id, stop)), Id),
        CreateClientCommand.Create(verbs),
        verbs.CreateDestructive(
            "rotate-secret",
            "Gives a client a new secret, and prints it once.",
            parsed => parsed.GetValue(RevokeOld),
            Changing((change, id, stop) => new SecretRotation(change, id).RunAsync(
                change.Run.Parsed.GetValue(SecretLifetime), change.Run.Parsed.GetValue(RevokeOld), stop)),
            Id,
            SecretLifetime,
            RevokeOld),
        verbs.Create(
            "renew",
            "Lets a registration last for so long from now on, also one that has expired.",
            Changing((change, id, stop) => change.RenewAsync(
                id, change.Run.Parsed.GetValue(RenewedLifetime), change.Run.Parsed.GetValue(Forever), stop)),
            Id,
            RenewedLifetime,
            Forever,
            VerbOptions.Reason),
        verbs.CreateDestructive(
            "disable",
            "Keeps a client out, tokens and all, until it is enabled again.",
            Changing((change, id, stop) => change.DisableAsync(id, stop)),
            Id),
        verbs.Create(
            "enable",
            "Lets a client in that was disabled.",
            Changing((change, id, stop) => change.EnableAsync(id, stop)),
            Id,
            VerbOptions.Reason),
        verbs.CreateDestructive(
            "delete",
            "Ends a client for good: its secrets go, and everything it was given is revoked.",
            Changing((change, id, stop) => change.DeleteAsync(id, change.Run.Parsed.GetValue(WithTokens), stop)),
            Id,
            WithTokens));

    private static Func<CommandRun, CancellationToken, Task<int>> Reading(Func<ClientReading, CancellationToken, Task<int>> work) =>
        (run, stop) => run.WithCoreAsync(services => work(new ClientReading(run, services), stop), stop);

    private static Func<CommandRun, CancellationToken, Task<int>> Reading(Func<ClientReading, string, CancellationToken, Task<int>> work) =>
        (run, stop) => run.WithCoreAsync(
            services => work(new ClientReading(run, services), run.Parsed.GetRequiredValue(Id), stop), stop);

    private static Func<CommandRun, CancellationToken, Task<int>> Changing(Func<ClientChange, string, CancellationToken, Task<int>> work) =>
        (run, stop) => run.WithCoreAsync(
            services => work(new ClientChange(run, services), run.Parsed.GetRequiredValue(Id), stop), stop);
}
