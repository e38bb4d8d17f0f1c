using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Gateway.Files;

/// <summary>
/// Writes what Signet keeps as a backup of a gateway, as far as such a file can say it: registrations, and access tokens that the
/// gateway itself had given out and that are still good.
/// </summary>
public sealed class GatewayExport
{
    private const int AtOnce = 500;
    private const int SecretBytes = 32;

    // What a row keeps of a token's claims beside what the gateway kept itself.
    private static readonly string[] Ours = [ClaimNames.TokenId, ClaimNames.Issuer, ClaimNames.IssuedAt, ClaimNames.ExpiresAt];

    private readonly ClientDirectory _clients;
    private readonly ITokenLedger _ledger;
    private readonly IRevocationStore _revocations;
    private readonly AccessControl _access;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal GatewayExport(
        ClientDirectory clients, ITokenLedger ledger, IRevocationStore revocations, AccessControl access, AuditLog audit, TimeProvider clock) =>
        (_clients, _ledger, _revocations, _access, _audit, _clock) = (clients, ledger, revocations, access, audit, clock);

    /// <summary>Writes the file. What is left out is said in it (<c>metadata.left_out</c>) and in the answer.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<GatewayExported> WriteAsync(
        Stream file, Actor who, IProgress<GatewayProgress>? progress, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.Export);
        _access.Demand(who, Right.ReadClients);
        var now = _clock.GetUtcNow();
        var (registrations, publicClients) = await ReadClientsAsync(now, progress, cancellationToken);
        var (tokens, others) = await ReadTokensAsync(now, progress, cancellationToken);
        List<string> leftOut =
        [
            "Secrets and registration access tokens of clients: Signet keeps hashes of them alone. In their place stand new ones that "
            + "nobody knows, so that nobody can pass for a client; each has to register again, or to be given its old secret from a "
            + "backup that the gateway made itself.",
            "Refresh tokens: Signet keeps hashes of them alone. Whoever has one logs in again.",
            "Authorizations that have begun, and codes: they are good for minutes.",
        ];
        AddCount(leftOut, publicClients, "Clients without a secret, which the gateway does not have");
        AddCount(leftOut, others, "Access tokens that Signet signed, which the gateway cannot verify");
        await RecordAsync(registrations.Count, tokens.Count, who, cancellationToken);
        var data = new GatewayData { TakenAt = now, Registrations = registrations, Tokens = [.. tokens.Select(token => EntryOf(token, now))], UserTokens = UsersOf(tokens) };
        await GatewayBackup.WriteAsync(file, data, leftOut, cancellationToken);
        return new GatewayExported(registrations.Count, tokens.Count, leftOut);
    }

    private static void AddCount(List<string> sentences, int count, string what)
    {
        if (count > 0)
        {
            sentences.Add($"{what}: {count.ToString(CultureInfo.InvariantCulture)}.");
        }
    }

    private Task RecordAsync(int registrations, int tokens, Actor who, CancellationToken cancellationToken) => _audit.RecordReadAsync(
        new AuditEntry(
            who,
            "gateway.exported",
            "gateway",
            "backup",
            After: AuditJson.Write(
                (GatewaySorts.Registrations, registrations.ToString(CultureInfo.InvariantCulture)),
                (GatewaySorts.Tokens, tokens.ToString(CultureInfo.InvariantCulture)))),
        cancellationToken);

    private async Task<(IReadOnlyList<GatewayEntry> Registrations, int Public)> ReadClientsAsync(
        DateTimeOffset now, IProgress<GatewayProgress>? progress, CancellationToken cancellationToken)
    {
        List<GatewayEntry> registrations = [];
        var (read, without) = (0, 0);
        string? cursor = null;
        do
        {
            var page = await _clients.ListAsync(new ClientFilter(), cursor, AtOnce, cancellationToken);
            foreach (var client in page.Items.Where(client => client.StandingAt(now) is ClientStanding.Good))
            {
                if (client.AuthMethod.UsesSecret)
                {
                    registrations.Add(EntryOf(client, now));
                }
                else
                {
                    without++;
                }
            }

            read += page.Items.Count;
            progress?.Report(new GatewayProgress(GatewaySorts.Registrations, read, read));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return ([.. registrations.OrderBy(entry => entry.Name, StringComparer.Ordinal)], without);
    }

    // Asked of the store: a command keeps no revocations in memory.
    private async Task<(List<LedgerEntry> Adopted, int Others)> ReadTokensAsync(
        DateTimeOffset now, IProgress<GatewayProgress>? progress, CancellationToken cancellationToken)
    {
        var list = new RevocationList();
        await list.LoadAsync(_revocations, now, cancellationToken);
        var filter = new LedgerFilter { Kind = TokenKind.Access, Status = TokenStatus.Live };
        List<LedgerEntry> adopted = [];
        var (read, others) = (0, 0);
        PageCursor? after = null;
        while (await _ledger.ReadAsync(filter, now, after, AtOnce, cancellationToken) is { Count: > 0 } rows)
        {
            after = new PageCursor(rows[^1].IssuedAt, rows[^1].TokenId);
            read += rows.Count;
            progress?.Report(new GatewayProgress(GatewaySorts.Tokens, read, read));
            foreach (var row in rows.Where(row => list.StampOf(row) is null))
            {
                if (AdoptedTokens.IsOne(row))
                {
                    adopted.Add(row);
                }
                else
                {
                    others++;
                }
            }
        }

        return ([.. adopted.OrderBy(row => row.TokenId, StringComparer.Ordinal)], others);
    }

    private static IReadOnlyList<GatewayEntry> UsersOf(List<LedgerEntry> tokens) =>
    [
        .. tokens.Select(row => (User: JsonNode.Parse(row.Claims)![ClaimNames.UserName]?.ToString(), row.TokenId))
            .Where(token => token.User is not null)
            .GroupBy(token => token.User!, token => token.TokenId, StringComparer.Ordinal)
            .OrderBy(user => user.Key, StringComparer.Ordinal)
            .Select(user => new GatewayEntry(user.Key, "set", -1, TextOf([.. user]))),
    ];

    // Its claims as the gateway kept them, and the dates by its own names.
    private static GatewayEntry EntryOf(LedgerEntry row, DateTimeOffset now)
    {
        var value = JsonNode.Parse(row.Claims)!.AsObject();
        foreach (var name in Ours)
        {
            value.Remove(name);
        }

        value["created_at"] = row.IssuedAt.ToUnixTimeSeconds();
        value["expires_at"] = row.ExpiresAt.ToUnixTimeSeconds();
        return new GatewayEntry(row.TokenId, "string", SecondsTo(row.ExpiresAt, now), LineOf(value));
    }

    private static GatewayEntry EntryOf(Client client, DateTimeOffset now)
    {
        var value = new JsonObject
        {
            ["client_id"] = client.Id,

            // The gateway takes a missing secret for an empty one.
            ["client_secret"] = NobodysSecret(),
            ["client_secret_expires_at"] = client.ExpiresAt?.ToUnixTimeSeconds() ?? 0,
            ["client_id_issued_at"] = client.CreatedAt.ToUnixTimeSeconds(),
            ["redirect_uris"] = TextOf(client.RedirectUris),
            ["client_name"] = client.Name,
            ["scope"] = ScopeText.Join(client.Scopes),
            ["created_at"] = client.CreatedAt.ToUnixTimeSeconds(),
            ["response_types"] = TextOf(["code"]),
            ["grant_types"] = TextOf(client.GrantTypes),
            ["registration_access_token"] = $"reg-{NobodysSecret()}",
        };
        return new GatewayEntry(client.Id, "string", client.ExpiresAt is { } end ? SecondsTo(end, now) : -1, LineOf(value));
    }

    private static string NobodysSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    private static long SecondsTo(DateTimeOffset end, DateTimeOffset now) => (long)(end - now).TotalSeconds;

    // A list as the text of one, which the gateway's scripts expect.
    private static string TextOf(IReadOnlyList<string> items) => LineOf(new JsonArray([.. items.Select(item => (JsonNode)item)]));

    private static string LineOf(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return PythonJson.WriteLine(document.RootElement);
    }
}

/// <summary>What was written.</summary>
/// <param name="Registrations">How many clients.</param>
/// <param name="Tokens">How many access tokens.</param>
/// <param name="LeftOut">A sentence for everything that such a file cannot say, for whoever asked.</param>
public sealed record GatewayExported(int Registrations, int Tokens, IReadOnlyList<string> LeftOut);
