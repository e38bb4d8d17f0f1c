using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Agents;
using Dashboard.Hosting;

namespace Dashboard.Agents;

/// <summary>Finds agents by the beginning of their name or id.</summary>
internal sealed class AgentPaletteSource(AgentDirectory agents, CurrentOperator current) : IPaletteSource
{
    private const int Most = 5;
    private const int LongestText = 100;

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken) =>
        text.Length is 0 or > LongestText || !await current.MayAsync(Right.ReadAgents)
            ? []
            : [.. (await agents.ListAsync(new AgentFilter { Search = text }, null, Most, cancellationToken)).Items.Select(ItemOf)];

    private PaletteItem ItemOf(Agent agent) => new(
        agent.Profile.Name,
        $"{agent.Profile.AgentType} · {(agent.IsAliveSince(agents.AliveSince) ? "alive" : "silent")} · {agent.Id}",
        AgentsAddress.OfAgent(agent.Id),
        "Agents");
}
