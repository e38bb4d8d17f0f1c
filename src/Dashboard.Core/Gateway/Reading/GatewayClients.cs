using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Metadata;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;

namespace Dashboard.Core.Gateway.Reading;

/// <summary>Makes clients of a gateway's registrations: what they could do there, they can do here, and nothing more.</summary>
internal sealed class GatewayClients(DateTimeOffset takenAt, DateTimeOffset now)
{
    // What may be shown of a secret that begins like no other of ours: nothing.
    private const string SecretPrefix = "gateway";
    private const string DefaultName = "Unnamed Client";
    private const string DefaultScope = "openid profile email";
    private const int ShortestSecret = 32;
    private const int LongestSecret = 200;

    // Those that the gateway had.
    private static readonly string[] Grants = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken];

    /// <summary>The client of an entry.</summary>
    /// <param name="entry">One of <see cref="GatewayData.Registrations"/>.</param>
    /// <param name="use">What its tokens say of it.</param>
    public GatewayRead<Client> Read(GatewayEntry entry, GatewayUse? use)
    {
        if (GatewayRow.Read(entry, out var fault) is not { } row)
        {
            return GatewayRead<Client>.LeftOut(fault);
        }

        if (!GatewayTexts.IsId(entry.Name))
        {
            return GatewayRead<Client>.LeftOut(LeftOut.BadId);
        }

        if (row.Text("client_id") is { } said && said != entry.Name)
        {
            return GatewayRead<Client>.LeftOut(LeftOut.OtherId);
        }

        if (row.Text("client_secret") is not { Length: >= ShortestSecret and <= LongestSecret } secret
            || secret.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return GatewayRead<Client>.LeftOut(LeftOut.NoSecret);
        }

        return ExpiryOf(entry, row) is { } end && end <= now
            ? GatewayRead<Client>.LeftOut(LeftOut.Expired)
            : Make(entry, row, secret, use);
    }

    private GatewayRead<Client> Make(GatewayEntry entry, GatewayRow row, string secret, GatewayUse? use)
    {
        List<string> notes = [];
        var createdAt = (row.Date("client_id_issued_at") ?? row.Date("created_at") ?? now).CutToMilliseconds();
        createdAt = createdAt > now ? now : createdAt;
        var uris = GatewayAddresses.Redirects(row, notes);
        var client = new Client
        {
            Id = entry.Name,
            Name = NameOf(row, entry.Name, notes),
            Origin = ClientOrigin.SelfRegistered,
            CreatedBy = "gateway",
            CreatedAt = createdAt,
            ExpiresAt = ExpiryOf(entry, row),
            AuthMethod = ClientAuthMethod.ClientSecretPost,
            GrantTypes = GrantsOf(row, notes),
            RedirectUris = uris,
            Scopes = ScopesOf(row, use, notes),
            Details = GatewayAddresses.Details(row, uris, notes),
            Secrets = [new ClientSecret(Identifiers.NewId(), ClientSecrets.Hash(secret), SecretPrefix, createdAt, null, null)],
            RegistrationTokenHash = row.Text("registration_access_token") is { } token ? ClientSecrets.Hash(token) : null,

            // So that nobody takes it for one that never asked for anything.
            LastUsedAt = use?.LastAt is { } last ? last > now ? now : last : null,
            DecidedAt = now.CutToMilliseconds(),
        };
        if (client.RegistrationTokenHash is null)
        {
            notes.Add("It has no registration access token, and cannot manage its registration.");
        }

        return GatewayRead<Client>.Of(client, notes);
    }

    // 0 means for ever; where nothing is said, Redis knows.
    private DateTimeOffset? ExpiryOf(GatewayEntry entry, GatewayRow row) =>
        row.Seconds("client_secret_expires_at") is { } seconds
            ? seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds)
            : entry.Ttl >= 0 ? GatewayRow.EndOf(entry, takenAt).CutToMilliseconds()
            : null;

    private static string NameOf(GatewayRow row, string id, List<string> notes)
    {
        var name = row.Text("client_name") ?? DefaultName;
        if (ClientTextRules.FaultOf(name) is not { } fault)
        {
            return name;
        }

        notes.Add($"Its name {fault}; it is called by its id.");
        return id;
    }

    private static IReadOnlyList<string> GrantsOf(GatewayRow row, List<string> notes)
    {
        var said = row.Texts("grant_types") ?? Grants;
        if (said.Except(Grants, StringComparer.Ordinal).Any())
        {
            notes.Add($"Of its grant types only {string.Join(" and ", Grants)} are kept, which are those that the gateway had.");
        }

        List<string> kept = [.. said.Intersect(Grants, StringComparer.Ordinal)];
        return kept is [] ? Grants : kept;
    }

    // The gateway gave a client whatever it asked for; what people allowed it then, it can go on refreshing.
    private static IReadOnlyList<string> ScopesOf(GatewayRow row, GatewayUse? use, List<string> notes)
    {
        var said = ScopeText.Split(row.Text("scope") ?? DefaultScope);
        var registered = said.Where(ScopeText.IsValid).ToList();
        if (registered.Count < said.Count)
        {
            notes.Add("Scopes that are none were left out.");
        }

        List<string> more = use is null ? [] : [.. use.Scopes.Except(registered, StringComparer.Ordinal)];
        if (more is not [])
        {
            notes.Add($"Its tokens hold scopes beyond its registration, which were added: {ScopeText.Join(more)}.");
        }

        return [.. registered.Concat(more).Take(ScopeText.MostScopes)];
    }
}

/// <summary>What the tokens of a client say of it.</summary>
/// <param name="LastAt">When it last got one.</param>
/// <param name="Scopes">What those that can be renewed hold.</param>
internal sealed record GatewayUse(DateTimeOffset? LastAt, IReadOnlySet<string> Scopes);
