using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Dashboard.Core.Storage.Redis;

/// <summary>
/// The name of every key in Redis. All share one hash tag, so that a change, its indexes and its audit entry lie on the
/// same node of a cluster and can be written by one script. What comes from outside is hashed before it becomes part of a
/// name. Most keys hold data whose end the purge decides; the others carry an expiry of their own.
/// </summary>
internal sealed class RedisKeys(string prefix)
{
    private readonly string _prefix = $"{{{prefix}}}:";

    /// <summary>No key, but a pattern that every key matches and no other does.</summary>
    public string All => _prefix + "*";

    /// <summary>Hash: the id and format of this store, and what a migration into it has left to do.</summary>
    public RedisKey Store => Of("store");

    /// <summary>String, expires: written to see that writing works.</summary>
    public RedisKey Health => Of("health");

    /// <summary>Hash: the leading node, its term and until when; the term stays when nobody leads.</summary>
    public RedisKey Lease => Of("lease");

    /// <summary>String: the last finished purge.</summary>
    public RedisKey LastPurge => Of("last-purge");

    /// <summary>Sorted set: what can be used once and was, by when it may be forgotten.</summary>
    public RedisKey UsedOnce => Of("used-once");

    /// <summary>Sorted set: ids of remembered requests, by when they are forgotten.</summary>
    public RedisKey Idempotency => Of("idempotency");

    /// <summary>Hash: key of a counter to its failures, the last of them and its expiry.</summary>
    public RedisKey Throttles => Of("throttles");

    /// <summary>Sorted set: keys of counters by expiry.</summary>
    public RedisKey ThrottlesByExpiry => Of("throttles:expiry");

    /// <summary>Hash: name to sealed system secret.</summary>
    public RedisKey Secrets => Of("secrets");

    /// <summary>Hash: name to XML of a data protection key.</summary>
    public RedisKey DataProtectionKeys => Of("data-protection");

    /// <summary>Hash: <c>kid</c> to signing key.</summary>
    public RedisKey SigningKeys => Of("signing-keys");

    /// <summary>Hash: <c>kid</c> to what the key was used for.</summary>
    public RedisKey KeyUses => Of("key-uses");

    /// <summary>Hash: number, hash and time of the newest audit entry.</summary>
    public RedisKey AuditHead => Of("audit:head");

    /// <summary>Hash: number to audit entry.</summary>
    public RedisKey AuditEntries => Of("audit:entries");

    /// <summary>Sorted set without scores: every action that there is an audit entry of.</summary>
    public RedisKey AuditActions => Of("audit:actions");

    /// <summary>Sorted set without scores: every kind of object that there is an audit entry about.</summary>
    public RedisKey AuditKinds => Of("audit:kinds");

    /// <summary>Sorted set: signed checkpoints of the audit log, by the number that they reach to.</summary>
    public RedisKey AuditCheckpoints => Of("audit:checkpoints");

    /// <summary>A sorted set of the records of prunings, by the number of the last entry that went.</summary>
    public RedisKey AuditPrunings => Of("audit:prunings");

    /// <summary>Hash: operator id to operator.</summary>
    public RedisKey Operators => Of("operators");

    /// <summary>Hash: normalized name to operator id.</summary>
    public RedisKey OperatorNames => Of("operator-names");

    /// <summary>String: who may register clients; absent until an administrator decides it.</summary>
    public RedisKey RegistrationPolicy => Of("registration-policy");

    /// <summary>Hash: id to registered agent.</summary>
    public RedisKey Agents => Of("agents");

    /// <summary>Hash: id to agent key.</summary>
    public RedisKey AgentKeys => Of("agent-keys");

    /// <summary>Hash: hash of an agent key's newest secret to its id.</summary>
    public RedisKey AgentKeyHashes => Of("agent-keys:hashes");

    /// <summary>Sorted set: ids of agent keys that expire, by when.</summary>
    public RedisKey AgentKeysByExpiry => Of("agent-keys:expiry");

    /// <summary>Hash: id of an agent key to the agent that is registered with it.</summary>
    public RedisKey AgentKeyHolders => Of("agent-keys:holders");

    /// <summary>Where agent keys are, in the order in which scripts take them.</summary>
    public RedisKey[] OfAgentKeys => [AgentKeys, AgentKeyHashes, AgentKeysByExpiry, AgentKeyHolders];

    /// <summary>String: the number of the last alert that webhooks were told of.</summary>
    public RedisKey AlertNotices => Of("alert-notices");

    /// <summary>Hash: id to webhook.</summary>
    public RedisKey Webhooks => Of("webhooks");

    /// <summary>Hash: id to delivery to a webhook.</summary>
    public RedisKey WebhookDeliveries => Of("webhook-deliveries");

    /// <summary>Sorted set: ids of deliveries to webhooks by when they were made.</summary>
    public RedisKey WebhookDeliveriesByTime => Of("webhook-deliveries:time");

    /// <summary>Hash: id to initial access token.</summary>
    public RedisKey InitialAccessTokens => Of("initial-access-tokens");

    /// <summary>Hash: id of a shared report to the facts about it.</summary>
    public RedisKey ReportShares => Of("report-shares");

    /// <summary>Hash: id of a shared report to the report.</summary>
    public RedisKey ReportShareTexts => Of("report-shares:reports");

    /// <summary>Where shared reports are, in the order in which scripts take them.</summary>
    public RedisKey[] OfReportShares => [ReportShares, ReportShareTexts];

    /// <summary>Sorted set of sessions that have not ended, by their absolute limit.</summary>
    public RedisKey OpenSessions => Of("sessions:open");

    /// <summary>Sorted set of sessions that have ended, by when.</summary>
    public RedisKey EndedSessions => Of("sessions:ended");

    /// <summary>Sorted set of browsers' sessions that have not ended, by when they were last seen.</summary>
    public RedisKey SeenSessions => Of("sessions:seen");

    /// <summary>Counter: the number of the newest event.</summary>
    public RedisKey EventNumber => Of("events:number");

    /// <summary>Hash: number to event without its report.</summary>
    public RedisKey Events => Of("events:all");

    /// <summary>Hash: number to the report of a refusal.</summary>
    public RedisKey EventReports => Of("events:reports");

    /// <summary>Sorted set: event numbers by time.</summary>
    public RedisKey EventsByTime => Of("events:time");

    /// <summary>Sorted set without scores: places of all tokens, see <c>LedgerPlace</c>.</summary>
    public RedisKey Tokens => Of("tokens:all");

    /// <summary>Sorted set without scores: id and time of all tokens, so that those whose id begins with a text lie side by side.</summary>
    public RedisKey TokenIds => Of("tokens:ids");

    /// <summary>Hash: place to subject and client, so that many can be tested for the beginning of a text without reading rows.</summary>
    public RedisKey TokenNames => Of("tokens:names");

    /// <summary>Sorted set: places of all tokens by expiry.</summary>
    public RedisKey TokensByExpiry => Of("tokens:expiry");

    /// <summary>Sorted set without scores: places of tokens neither revoked nor yet known to be expired.</summary>
    public RedisKey LiveTokens => Of("tokens:live");

    /// <summary>Sorted set: the same places by expiry, to move them on when their time has come.</summary>
    public RedisKey LiveTokensByExpiry => Of("tokens:live-expiry");

    /// <summary>Sorted set without scores: places of tokens that expired unrevoked.</summary>
    public RedisKey ExpiredTokens => Of("tokens:expired");

    /// <summary>String: the latest expiry of any token that was moved to those expired, in milliseconds.</summary>
    public RedisKey LatestExpired => Of("tokens:latest-expired");

    /// <summary>Sorted set without scores: places of revoked tokens.</summary>
    public RedisKey RevokedTokens => Of("tokens:revoked");

    /// <summary>Sorted set: places of revoked tokens by when they were revoked.</summary>
    public RedisKey TokensByRevocation => Of("tokens:revocation");

    /// <summary>Sorted set: places of revoked tokens by expiry.</summary>
    public RedisKey RevokedTokensByExpiry => Of("tokens:revoked-expiry");

    /// <summary>Sorted set without scores: places of tokens never presented.</summary>
    public RedisKey UnpresentedTokens => Of("tokens:unpresented");

    /// <summary>Sorted set without scores: every subject that has tokens.</summary>
    public RedisKey Subjects => Of("tokens:subjects");

    /// <summary>Sorted set without scores: every client that has tokens.</summary>
    public RedisKey Clients => Of("tokens:clients");

    /// <summary>Sorted set: every key that signed tokens, by the latest expiry of these.</summary>
    public RedisKey KeyExpiries => Of("tokens:key-expiries");

    /// <summary>Sorted set: hashes of refresh tokens, used ones too, by expiry.</summary>
    public RedisKey RefreshTokens => Of("refresh:all");

    /// <summary>Sorted set: families of refresh tokens by expiry.</summary>
    public RedisKey RefreshFamilies => Of("refresh:families");

    /// <summary>Sorted set: hashes of authorization codes, used ones too, by expiry.</summary>
    public RedisKey AuthorizationCodes => Of("codes");

    /// <summary>Sorted set: running revocations by when they began.</summary>
    public RedisKey RunningRevocations => Of("revocations:running");

    /// <summary>Sorted set: revocations that are done or cancelled, by when they began.</summary>
    public RedisKey EndedRevocations => Of("revocations:ended");

    /// <summary>Sorted set: cut-offs by when they began.</summary>
    public RedisKey CutOffs => Of("revocations:cut-offs");

    /// <summary>Sorted set without scores: places of clients that have not ended, see <c>RedisClientRow</c>.</summary>
    public RedisKey LiveClients => Of("clients:live");

    /// <summary>Sorted set without scores: places of clients that have ended.</summary>
    public RedisKey EndedClients => Of("clients:ended");

    /// <summary>Sorted set: ids of clients that have not ended and expire, by when.</summary>
    public RedisKey ClientsByExpiry => Of("clients:expiry");

    /// <summary>
    /// Sorted set: ids of clients that registered themselves and were never used, by when they registered, or when a person
    /// last decided about them.
    /// </summary>
    public RedisKey UnusedClients => Of("clients:unused");

    /// <summary>Sorted set: ids of clients that have ended and may be purged, by when they ended.</summary>
    public RedisKey ClientsByEnd => Of("clients:end");

    /// <summary>Sorted set: ids of clients that have ended and whose tokens are still to be revoked, by when they ended.</summary>
    public RedisKey UncutClients => Of("clients:uncut");

    /// <summary>Sorted set: client and secret of every secret that expires, by when.</summary>
    public RedisKey ClientSecretsByExpiry => Of("clients:secret-expiry");

    /// <summary>Sorted set without scores: ids of clients that people keep out.</summary>
    public RedisKey BarredClients => Of("clients:barred");

    /// <summary>Hash: id to alert.</summary>
    public RedisKey Alerts => Of("alerts");

    /// <summary>Counter: the newest number that an alert was given.</summary>
    public RedisKey AlertNumber => Of("alerts:number");

    /// <summary>Sorted set: ids of alerts that were opened and are not muted, by their number.</summary>
    public RedisKey AlertsByOpening => Of("alerts:opening");

    /// <summary>Sorted set: ids of alerts that are open and neither acknowledged nor muted, by their number.</summary>
    public RedisKey WaitingAlerts => Of("alerts:waiting");

    /// <summary>Hash: kind and key to mute.</summary>
    public RedisKey AlertMutes => Of("alert-mutes");

    /// <summary>Hash: id to rule.</summary>
    public RedisKey AlertRules => Of("alert-rules");

    /// <summary>Where alerts are, in the order in which scripts take them.</summary>
    public RedisKey[] OfAlerts =>
    [
        Alerts,
        Of("alerts:newest"),
        AlertNumber,
        AlertsOfState(0),
        AlertsOfState(1),
        AlertsOfState(2),
        Of("alerts:end"),
        AlertsByOpening,
        AlertMutes,
        WaitingAlerts,
    ];

    /// <summary>Counter: how many messages the change feed has carried. Also the name of its channel.</summary>
    public RedisKey Feed => Of("feed");

    /// <summary>Hash: a remembered request.</summary>
    public RedisKey RememberedRequest(string id) => Of("idempotency", id);

    /// <summary>Sorted set: numbers of audit entries by an operator.</summary>
    public RedisKey AuditBy(string who) => Of("audit:who", who);

    /// <summary>Sorted set: numbers of audit entries of an action.</summary>
    public RedisKey AuditOf(string action) => Of("audit:action", action);

    /// <summary>Sorted set: numbers of audit entries about a kind of object.</summary>
    public RedisKey AuditOfKind(string kind) => Of("audit:kind", kind);

    /// <summary>Sorted set: numbers of audit entries about an object.</summary>
    public RedisKey AuditAbout(string objectId) => Of("audit:object", objectId);

    /// <summary>Hash: a session.</summary>
    public RedisKey Session(string name) => Of("session", name);

    /// <summary>String: the name of the session whose cookie hashes to this.</summary>
    public RedisKey SessionSecret(byte[] hash) => Of($"session-secret:{Base64Url.EncodeToString(hash)}");

    /// <summary>
    /// Sorted set without scores: places of sessions, see <c>RedisSessionPlaces</c>. One for each filter: of an operator, a
    /// kind and a state, or of any where null.
    /// </summary>
    public RedisKey SessionPlaces(string? operatorId, string? kind, string? state)
    {
        var name = $"sessions:places-{kind ?? "any"}-{state ?? "any"}";
        return operatorId is null ? Of(name) : Of(name, operatorId);
    }

    /// <summary>Sorted set: ids of alerts that are so far, by their number.</summary>
    public RedisKey AlertsOfState(int state) => Of($"alerts:state-{state}");

    /// <summary>Sorted set: event numbers of a request, those with a report above all others.</summary>
    public RedisKey EventsOfRequest(string requestId) => Of("events:request", requestId);

    /// <summary>Sorted set: event numbers about a token.</summary>
    public RedisKey EventsOfToken(string tokenId) => Of("events:token", tokenId);

    /// <summary>Sorted set: event numbers about a session.</summary>
    public RedisKey EventsOfSession(string session) => Of("events:session", session);

    /// <summary>Sorted set: event numbers about a client.</summary>
    public RedisKey EventsOfClient(string client) => Of("events:client", client);

    /// <summary>Sorted set: event numbers about an agent.</summary>
    public RedisKey EventsOfAgent(string agent) => Of("events:agent", agent);

    /// <summary>Sorted set: event numbers of a code.</summary>
    public RedisKey EventsOfCode(string code) => Of("events:code", code);

    /// <summary>Sorted set: event numbers of an address.</summary>
    public RedisKey EventsOfAddress(string address) => Of("events:address", address);

    /// <summary>Sorted set: event numbers about a subject.</summary>
    public RedisKey EventsOfSubject(string subject) => Of("events:subject", subject);

    /// <summary>Sorted set: event numbers of an endpoint.</summary>
    public RedisKey EventsOfEndpoint(string endpoint) => Of("events:endpoint", endpoint);

    /// <summary>Sorted set: names of counters of refusals in steps of one length, by when they begin.</summary>
    public RedisKey RefusalCounts(string grain) => Of($"refusals:{grain}");

    /// <summary>Hash or sorted set: the counters behind one of those names.</summary>
    public RedisKey RefusalCounts(string grain, string name) => Of($"refusals:{grain}", name);

    /// <summary>Sorted set: event numbers of a kind, written in 15 digits, by time.</summary>
    public RedisKey EventsOfKind(string kind) => Of("events:kind", kind);

    /// <summary>Sorted set: event numbers of a kind that ended in one way.</summary>
    public RedisKey EventsOfKind(string kind, string outcome) => Of($"events:kind-{outcome}", kind);

    /// <summary>Sorted set: event numbers of all kinds that ended in one way.</summary>
    public RedisKey EventsOfOutcome(string outcome) => Of($"events:{outcome}");

    /// <summary>Sorted set without scores: places of a webhook's deliveries, see <c>RedisWebhookDelivery</c>.</summary>
    public RedisKey DeliveriesOfWebhook(string webhook) => Of("webhook-deliveries:of", webhook);

    /// <summary>Sorted set: ids of a webhook's deliveries that have not come to their end, by when they are due.</summary>
    public RedisKey DueDeliveriesOfWebhook(string webhook) => Of("webhook-deliveries:due", webhook);

    /// <summary>Hash: a row of the ledger.</summary>
    public RedisKey Token(string tokenId) => Of("token", tokenId);

    /// <summary>Sorted set without scores: places of a subject's tokens.</summary>
    public RedisKey TokensOfSubject(string subject) => Of("tokens:subject", subject);

    /// <summary>Sorted set without scores: places of a client's tokens.</summary>
    public RedisKey TokensOfClient(string client) => Of("tokens:client", client);

    /// <summary>Hash: a client's registration, or what is left of it.</summary>
    public RedisKey Client(string id) => Of("client", id);

    /// <summary>A client and every index that it may be in, in the order in which scripts take them.</summary>
    public RedisKey[] OfClient(string id) =>
    [
        Client(id), LiveClients, EndedClients, ClientsByExpiry, UnusedClients, ClientsByEnd, UncutClients, ClientSecretsByExpiry,
        BarredClients,
    ];

    /// <summary>Sorted set without scores: places of a session's tokens.</summary>
    public RedisKey TokensOfSession(string session) => Of("tokens:session", session);

    /// <summary>Sorted set without scores: places of a family's tokens.</summary>
    public RedisKey TokensOfFamily(string family) => Of("tokens:family", family);

    /// <summary>Hash: the refresh token with this hash.</summary>
    public RedisKey RefreshToken(byte[] hash) => Of($"refresh:{Base64Url.EncodeToString(hash)}");

    /// <summary>Hash: a family of refresh tokens.</summary>
    public RedisKey RefreshFamily(string family) => Of("refresh-family", family);

    /// <summary>Hash: the authorization code with this hash.</summary>
    public RedisKey AuthorizationCode(byte[] hash) => Of($"code:{Base64Url.EncodeToString(hash)}");

    /// <summary>Sorted set without scores: places of the tokens that a key signed.</summary>
    public RedisKey TokensOfKey(string keyId) => Of("tokens:key", keyId);

    /// <summary>Sorted set without scores: places of the tokens of a kind.</summary>
    public RedisKey TokensOfKind(string kind) => Of("tokens:kind", kind);

    /// <summary>Sorted set without scores: places of the tokens that hold a scope.</summary>
    public RedisKey TokensOfScope(string scope) => Of("tokens:scope", scope);

    /// <summary>Hash: a cut-off or revocation by filter.</summary>
    public RedisKey Revocation(string id) => Of("revocation", id);

    private RedisKey Of(string name) => _prefix + name;

    // Of the text as rows keep it, UTF-8, so that the names of its indexes can be told from a row.
    private RedisKey Of(string name, string value) =>
        $"{_prefix}{name}:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(value)))}";
}
