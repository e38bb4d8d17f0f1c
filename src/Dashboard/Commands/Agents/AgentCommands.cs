using System.CommandLine;
using Dashboard.Core.Agents;

namespace Dashboard.Commands.Agents;

/// <summary><c>agents …</c>: programs that registered themselves, and the keys that let them.</summary>
internal static class AgentCommands
{
    private static readonly FilterOptions Filter = new(
        FilterOptions.Text("status", "Only alive or dead ones."),
        FilterOptions.Text("agent_type", "Only agents of this type."),
        FilterOptions.Text("q", "The beginning of an id or name."));

    private static readonly Argument<string> Id = new("agent_id") { Description = "Which, as agents list shows it." };
    private static readonly Argument<string> KeyId = new("key_id") { Description = "Which: its id, as agents keys list shows it." };
    private static readonly Option<string> Label = new("--label") { Description = "What the key is for.", Required = true };
    private static readonly Option<TimeSpan?> Lifetime = DurationOption.Create("--lifetime", "How long it works, such as 90d; without it, for ever.");

    private static readonly Option<string[]> Types = new("--agent-type")
    {
        Description = "A type of agents that may register with it; without it, every allowed one.",
    };

    private static readonly Option<bool> Delete = new("--delete")
    {
        Description = "Delete the key, which no agent may be registered with. Without it the key stays, disabled.",
    };

    public static Command Create(Verbs verbs) => Verbs.Group(
        "agents",
        "Programs that register themselves, and the keys that let them.",
        verbs.Create(
            "list",
            "Lists registered agents, newest first.",
            (run, stop) => run.WithCoreAsync(services => new AgentRun(run, services).ListAsync(Filter, stop), stop),
            Filter.OfList),
        verbs.Create(
            "show",
            "Shows one agent.",
            (run, stop) => run.WithCoreAsync(
                services => new AgentRun(run, services).ShowAsync(run.Parsed.GetRequiredValue(Id), stop), stop),
            Id),
        verbs.CreateDestructive(
            "remove",
            "Ends an agent’s registration and revokes its tokens. It can register again with its key.",
            (run, stop) => run.WithCoreAsync(
                services => new AgentRun(run, services).RemoveAsync(run.Parsed.GetRequiredValue(Id), stop), stop),
            Id),
        Verbs.Group(
            "keys",
            "What lets agents register.",
            verbs.Create(
                "list",
                "Lists every agent key, newest first.",
                (run, stop) => run.WithCoreAsync(services => new AgentKeyRun(run, services).ListAsync(stop), stop)),
            verbs.Create(
                "create",
                "Makes an agent key and prints it once.",
                (run, stop) => run.WithCoreAsync(services => new AgentKeyRun(run, services).CreateAsync(DraftOf(run.Parsed), stop), stop),
                Label,
                Lifetime,
                Types,
                VerbOptions.Reason),
            verbs.CreateDestructive(
                "revoke",
                "Refuses an agent key and every token of its agent from now on.",
                (run, stop) => run.WithCoreAsync(
                    services => run.Parsed.GetValue(Delete)
                        ? new AgentKeyRun(run, services).DeleteAsync(run.Parsed.GetRequiredValue(KeyId), stop)
                        : new AgentKeyRun(run, services).DisableAsync(run.Parsed.GetRequiredValue(KeyId), stop),
                    stop),
                KeyId,
                Delete)));

    private static AgentKeyDraft DraftOf(ParseResult parsed) => new(
        parsed.GetRequiredValue(Label).Trim(),
        parsed.GetValue(Lifetime),
        [.. (parsed.GetValue(Types) ?? []).Select(type => type.ToLowerInvariant()).Distinct(StringComparer.Ordinal)]);
}
