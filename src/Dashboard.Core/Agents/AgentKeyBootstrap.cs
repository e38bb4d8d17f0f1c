using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Agents;

/// <summary>Adds the agent keys that the configuration names, where they are not there yet.</summary>
internal sealed class AgentKeyBootstrap(
    IAgentKeyStore store,
    AgentKeyDirectory directory,
    IChangeFeed feed,
    IOptions<AgentKeyOptions> options,
    TimeProvider clock,
    ILogger<AgentKeyBootstrap> logger)
{
    // What is shown of a secret that somebody else chose, of which nothing may be shown.
    private const string Prefix = "configured";

    /// <summary>Adds them. One that is there stays as it is, also disabled; one that is named no longer stays, too.</summary>
    /// <exception cref="StartupException">What is configured cannot be used.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var secrets = (options.Value.Keys ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var index = 0; index < secrets.Length; index++)
        {
            Check(secrets[index], index + 1);
        }

        var added = 0;
        foreach (var key in secrets.Select(AgentKeySecrets.Hash).Where(hash => !directory.Knows(hash)).Select(Make))
        {
            var audit = new AuditEntry(Actor.Signet, "agent_key.created", "agent_key", key.Id, "First start", After: AgentKeys.Describe(key));
            added += await store.AddAsync(key, audit, cancellationToken) ? 1 : 0;
        }

        if (added > 0)
        {
            await directory.LoadAsync(cancellationToken);
            await feed.TellAsync(new Change(ChangeKind.Agents, null), new Change(ChangeKind.Audit, null));
            logger.KeysAdded(added, AgentKeyOptions.Setting);
        }
    }

    private AgentKey Make(byte[] hash)
    {
        var now = clock.GetUtcNow().CutToMilliseconds();
        return new AgentKey
        {
            Id = AgentKeys.NewId(),
            Label = AgentKeyOptions.Setting,
            Origin = AgentKeyOrigin.Configuration,
            CreatedBy = Actor.Signet.Name,
            CreatedAt = now,
            Secrets = [new AgentKeySecret(hash, Prefix, now, null)],
        };
    }

    // The value is not repeated: it is a secret.
    private static void Check(string secret, int place)
    {
        if (secret.Length is < AgentKeySecrets.Shortest or > AgentKeySecrets.Longest)
        {
            throw new StartupException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{AgentKeyOptions.Setting} must have keys of {AgentKeySecrets.Shortest} to {AgentKeySecrets.Longest} characters, separated by commas, but key {place} has {secret.Length}. Make one with 'openssl rand -hex 32'."),
                StartupException.WrongSetting);
        }
    }
}
