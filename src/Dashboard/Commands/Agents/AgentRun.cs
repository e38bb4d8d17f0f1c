using Dashboard.Core.Agents;
using Dashboard.Hosting;
using Dashboard.Hosting.Agents;

namespace Dashboard.Commands.Agents;

/// <summary>One command about registered agents.</summary>
internal sealed class AgentRun(CommandRun run, IServiceProvider services)
{
    private readonly AgentDirectory _agents = services.GetRequiredService<AgentDirectory>();

    public Task<int> ListAsync(FilterOptions filter, CancellationToken cancellationToken)
    {
        var query = AgentQuery.Read(name => filter.Find(run.Parsed, name), out var faults);
        var aliveSince = _agents.AliveSince;
        return faults is not []
            ? Task.FromResult(FilterOptions.Refuse(run, faults))
            : run.ListAsync(
                (cursor, limit) => _agents.ListAsync(query.ToFilter(), cursor, limit, cancellationToken),
                agent => AgentJson.Of(agent, aliveSince),
                new CommandTable("AGENT", "NAME", "TYPE", "STATUS", "REGISTERED", "LAST SEEN", "KEY"),
                (table, agent) => table.Add(
                    agent.AgentId,
                    agent.Name,
                    agent.AgentType,
                    agent.Status,
                    CommandText.Time(agent.RegisteredAt),
                    CommandText.Time(agent.LastSeen),
                    agent.AgentKeyId));
    }

    public Task<int> ShowAsync(string id, CancellationToken cancellationToken) => WithAsync(
        id,
        agent =>
        {
            var shown = AgentJson.Of(agent, _agents.AliveSince);
            return Task.FromResult(run.Answer(shown, writer => Write(writer, shown)));
        },
        cancellationToken);

    public Task<int> RemoveAsync(string id, CancellationToken cancellationToken) => WithAsync(
        id,
        async agent =>
        {
            var consequence = $"The registration of {CommandText.Plain(agent.Profile.Name)} ({agent.Id}) ends, and every token of it is revoked. "
                + "With its key it can register again: revoke the key to keep it out.";
            if (run.Settle(consequence, new RemovedAgentJson(id, true)) is { } ended)
            {
                return ended;
            }

            return await services.GetRequiredService<AgentRemoval>().RemoveAsync(id, run.Reason, CommandRun.Who, cancellationToken)
                ? run.Answer(new RemovedAgentJson(id, false), $"{agent.Id} is removed, and its tokens are revoked.")
                : Unknown();
        },
        cancellationToken);

    private async Task<int> WithAsync(string id, Func<Agent, Task<int>> work, CancellationToken cancellationToken) =>
        await _agents.ReadAsync(id, cancellationToken) is { } agent ? await work(agent) : Unknown();

    private int Unknown() => run.Refuse(ErrorCode.AgentNotFound.Name, "There is no agent with this id. See: agents list.");

    private static void Write(TextWriter writer, AgentJson agent)
    {
        var facts = new CommandTable("FACT", "VALUE");
        facts.Add("agent_id", agent.AgentId);
        facts.Add("name", agent.Name);
        facts.Add("type", agent.AgentType);
        facts.Add("status", agent.Status);
        facts.Add("endpoint", agent.Endpoint);
        facts.Add("can do", string.Join(' ', agent.Capabilities));
        facts.Add("version", agent.Version);
        facts.Add("owner", agent.Owner);
        facts.Add("registered", CommandText.Time(agent.RegisteredAt));
        facts.Add("last seen", CommandText.Time(agent.LastSeen));
        facts.Add("agent key", agent.AgentKeyId);
        facts.Add("subject", agent.Subject);
        facts.Write(writer);
    }
}
