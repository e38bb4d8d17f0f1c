using Dashboard.Core.Agents;
using Dashboard.Core.Clients;

namespace Dashboard.Core.Posture.Checks;

/// <summary>Secrets of clients that have been about for longer than anybody remembers where.</summary>
internal sealed class OldSecretCheck : ClientCheck
{
    internal static readonly TimeSpan Oldest = TimeSpan.FromDays(365);

    public override PostureRule Rule { get; } = new(
        "CLIENT_SECRET_OLD",
        PostureSeverity.Medium,
        "No secret of a client is older than a year.",
        "Secrets of clients are older than a year.",
        "The older a secret, the more files, machines and people have seen it.",
        "Add a second secret, let the client use it, then delete the old one.");

    protected override string? FaultOf(Client client, DateTimeOffset now) =>
        client.Secrets.FirstOrDefault(secret => secret.WorksAt(now) && now - secret.CreatedAt > Oldest) is { } old
            ? $"{old.Prefix}…, {Days(now - old.CreatedAt)} old"
            : null;
}

/// <summary>Secrets of clients that work until somebody thinks of them.</summary>
internal sealed class EndlessSecretCheck : ClientCheck
{
    public override PostureRule Rule { get; } = new(
        "CLIENT_SECRET_NEVER_EXPIRES",
        PostureSeverity.Low,
        "Every secret of a client expires.",
        "Secrets of clients never expire.",
        "A secret that leaked goes on working until somebody notices.",
        "Add a secret that expires, and delete the old one.");

    protected override string? FaultOf(Client client, DateTimeOffset now) =>
        client.Secrets.FirstOrDefault(secret => secret.ExpiresAt is null) is { } endless ? $"{endless.Prefix}…" : null;
}

/// <summary>Secrets of agent keys that are older than a year.</summary>
internal sealed class OldAgentKeyCheck(AgentKeyDirectory keys) : IPostureCheck
{
    public PostureRule Rule { get; } = new(
        "AGENT_KEY_OLD",
        PostureSeverity.Medium,
        "No agent key is older than a year.",
        "Agent keys are older than a year.",
        "The older a secret, the more files, machines and people have seen it.",
        "Rotate the key; the old secret can work on for a while.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        keys.All
            .Where(key => key.StandingAt(scan.Now) is AgentKeyStanding.Good
                && key.Secrets.Any(secret => secret.WorksAt(scan.Now) && scan.Now - secret.CreatedAt > OldSecretCheck.Oldest))
            .Select(key => new PostureObject(PostureObjectKind.AgentKey, key.Id, key.Label, $"{key.Prefix}…")));
}
