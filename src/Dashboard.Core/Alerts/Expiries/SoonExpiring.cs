using Dashboard.Core.Agents;
using Dashboard.Core.Clients;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Alerts.Expiries;

/// <summary>Gathers what runs out soon, or did lately, among keys, secrets and registrations, the soonest first.</summary>
public sealed class SoonExpiring(KeyRing ring, KeyPlan plan, ClientExpiries clients, AgentKeys agentKeys, TimeProvider clock)
{
    /// <summary>How far it looks ahead.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    /// <summary>How long it knows of what has run out.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromDays(7);

    /// <summary>
    /// No more of each sort than a person reads. Where there are so many of one, there may be more of it; of the others there
    /// are not.
    /// </summary>
    internal const int Most = ClientExpiries.Most;

    /// <summary>What runs out from now on.</summary>
    public async Task<IReadOnlyList<SoonExpiringItem>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().CutToMilliseconds();
        var before = now + Ahead;
        var rotations = ring.Algorithms
            .Select(algorithm => (Algorithm: algorithm, At: plan.NextRotationAt(algorithm)))
            .Where(rotation => rotation.At < before)
            .Select(rotation => new SoonExpiringItem(
                $"rotation:{rotation.Algorithm}",
                "Key",
                $"{rotation.Algorithm} keys rotate by themselves",
                "/keys",
                rotation.At!.Value,
                RenewsItself: true));
        var ofClients = (await clients.FindAsync(Ahead, cancellationToken)).Select(OfClient);
        var ofAgents = (await agentKeys.FindExpiringAsync(now, before, Most, cancellationToken)).SelectMany(OfAgentKey)
            .Where(item => item.At >= now && item.At < before);
        return [.. rotations.Concat(ofClients).Concat(ofAgents).OrderBy(item => item.At)];
    }

    /// <summary>
    /// What has run out and was neither renewed nor replaced, without what renews itself. A secret beside one that works was
    /// replaced.
    /// </summary>
    public async Task<IReadOnlyList<SoonExpiringItem>> ReadExpiredAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().CutToMilliseconds();
        var from = now - Behind;
        var ofClients = (await clients.FindExpiredAsync(Behind, cancellationToken)).Select(OfClient);

        // A key has always a secret that lasts as long as itself: those that ended before it were replaced.
        var ofAgents = (await agentKeys.FindExpiringAsync(from, now, Most, cancellationToken))
            .Where(key => key.ExpiresAt >= from && key.ExpiresAt < now)
            .Select(key => OfAgentKey(key).Last());
        return [.. ofClients.Concat(ofAgents).OrderBy(item => item.At)];
    }

    private static SoonExpiringItem OfClient(ClientExpiry expiry) => new(
        expiry.SecretPrefix is null ? $"client:{expiry.ClientId}" : $"client-secret:{expiry.ClientId}:{expiry.SecretPrefix}",
        expiry.SecretPrefix is null ? "Registration" : "Client secret",
        expiry.SecretPrefix is null ? expiry.ClientName : $"{expiry.SecretPrefix}… of {expiry.ClientName}",
        $"/clients/{Uri.EscapeDataString(expiry.ClientId)}",
        expiry.At!.Value);

    private static IEnumerable<SoonExpiringItem> OfAgentKey(AgentKey key) => key.Secrets
        .Select(secret => (Id: $"agent-key:{key.Id}:{secret.Prefix}", Name: $"{secret.Prefix}… of {key.Label}", At: secret.EndsAt))
        .Append((Id: $"agent-key:{key.Id}", Name: key.Label, At: key.ExpiresAt))
        .Where(end => end.At is not null)
        .Select(end => new SoonExpiringItem(end.Id, "Agent key", end.Name, "/agents?tab=keys", end.At!.Value));
}

/// <summary>Something that runs out.</summary>
/// <param name="Key">Tells it from others, for as long as it is not renewed and after.</param>
/// <param name="Kind">What it is, in a word or two.</param>
/// <param name="Name">Which; data, not markup.</param>
/// <param name="Href">Where something can be done about it.</param>
/// <param name="At">When.</param>
/// <param name="RenewsItself">True where nobody need do anything.</param>
public sealed record SoonExpiringItem(
    string Key, string Kind, string Name, string Href, DateTimeOffset At, bool RenewsItself = false)
{
    /// <summary>The sort of thing that a key names: <c>client-secret</c>, <c>agent-key</c> and so on.</summary>
    internal static string SortOf(string key) => key[..key.IndexOf(':', StringComparison.Ordinal)];
}
