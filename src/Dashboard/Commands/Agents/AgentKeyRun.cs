using Dashboard.Core.Agents;
using Dashboard.Hosting;
using Dashboard.Hosting.Agents;

namespace Dashboard.Commands.Agents;

/// <summary>One command about agent keys. A key is all there is on standard output, so that it can be piped.</summary>
internal sealed class AgentKeyRun(CommandRun run, IServiceProvider services)
{
    private readonly AgentKeys _keys = services.GetRequiredService<AgentKeys>();
    private readonly TimeProvider _clock = services.GetRequiredService<TimeProvider>();

    public async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        var holders = (await AgentsAsync(cancellationToken)).ToDictionary(agent => agent.KeyId, StringComparer.Ordinal);
        AgentKeyJson[] keys =
        [
            .. (await _keys.ListAsync(cancellationToken)).Select(key => Of(key) with { AgentId = holders.GetValueOrDefault(key.Id)?.Id }),
        ];
        return run.Answer(new PageJson<AgentKeyJson>(keys, null, keys.Length, false), writer =>
        {
            var table = new CommandTable("ID", "LABEL", "KEY", "STATE", "AGENT", "CREATED", "EXPIRES", "LAST USED");
            foreach (var key in keys)
            {
                table.Add(
                    key.Id,
                    key.Label,
                    key.Prefix + "…",
                    key.State,
                    key.AgentId,
                    CommandText.Time(key.CreatedAt),
                    CommandText.Time(key.ExpiresAt),
                    CommandText.Time(key.LastUsedAt));
            }

            table.Write(writer);
        });
    }

    public async Task<int> CreateAsync(AgentKeyDraft draft, CancellationToken cancellationToken)
    {
        var change = await _keys.CreateAsync(draft, run.Reason, CommandRun.Who, cancellationToken);
        if (change is not AgentKeyChange.Changed { Key: var key, Secret: { } secret })
        {
            return Refuse(change);
        }

        run.Note($"Made the agent key {NameOf(key)}. It is shown once:");
        return run.Answer(Of(key) with { AgentKey = secret }, secret);
    }

    public Task<int> DisableAsync(string id, CancellationToken cancellationToken) => WithAsync(
        id,
        async (key, holder) =>
        {
            var consequence = $"{NameOf(key)} is refused from now on"
                + (holder is null ? "." : $", and so is every token of its agent {holder.Id}.")
                + " It can be enabled again in the dashboard.";
            return run.Settle(consequence, Of(key) with { AgentId = holder?.Id })
                ?? await _keys.SetEnabledAsync(id, false, run.Reason, CommandRun.Who, cancellationToken) switch
                {
                    AgentKeyChange.Changed changed => run.Answer(Of(changed.Key) with { AgentId = holder?.Id }, $"{NameOf(key)} is disabled."),
                    AgentKeyChange.Already already => run.Answer(
                        Of(already.Key) with { AgentId = holder?.Id }, $"{NameOf(key)} had been disabled already. Nothing changed."),
                    var refused => Refuse(refused),
                };
        },
        cancellationToken);

    public Task<int> DeleteAsync(string id, CancellationToken cancellationToken) => WithAsync(
        id,
        async (key, holder) =>
        {
            var trial = new AgentKeyTrialJson(id, run.IsDryRun, key.Label, holder is null && key.Origin is AgentKeyOrigin.Operator, holder?.Id);
            if (!trial.CanBeDeleted && !run.IsDryRun)
            {
                return Refuse(holder is null ? new AgentKeyChange.Configured(key) : new AgentKeyChange.InUse(key));
            }

            return run.Settle($"{NameOf(key)} is deleted. Nobody registers with it any more. This cannot be undone.", trial)
                ?? await _keys.DeleteAsync(id, run.Reason, CommandRun.Who, cancellationToken) switch
                {
                    AgentKeyChange.Deleted => run.Answer(trial, $"{NameOf(key)} is deleted."),
                    var refused => Refuse(refused),
                };
        },
        cancellationToken);

    private async Task<int> WithAsync(string id, Func<AgentKey, Agent?, Task<int>> work, CancellationToken cancellationToken)
    {
        if ((await _keys.ListAsync(cancellationToken)).FirstOrDefault(key => key.Id == id) is not { } key)
        {
            return Refuse(new AgentKeyChange.Unknown());
        }

        return await work(key, (await AgentsAsync(cancellationToken)).FirstOrDefault(agent => agent.KeyId == id));
    }

    private Task<IReadOnlyList<Agent>> AgentsAsync(CancellationToken cancellationToken) =>
        services.GetRequiredService<AgentDirectory>().ReadAsync(new AgentFilter(), cancellationToken);

    private AgentKeyJson Of(AgentKey key) => AgentKeyJson.Of(key, _clock.GetUtcNow());

    private int Refuse(AgentKeyChange change) => change switch
    {
        AgentKeyChange.Invalid { Faults: var faults } => run.RefuseInvalid(faults),
        AgentKeyChange.Unknown => run.Refuse(ErrorCode.NotFound.Name, $"{AgentRefusals.Describe(change)} See: agents keys list."),
        _ => run.Refuse(ErrorCode.Conflict.Name, AgentRefusals.Describe(change)),
    };

    private static string NameOf(AgentKey key) => $"{CommandText.Plain(key.Label)} ({key.Id})";
}
