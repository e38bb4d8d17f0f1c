using Dashboard.Core.Clients;
using Dashboard.Core.Gateway.Reading;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Refresh;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Gateway;

/// <summary>Compares a gateway's data with the store: decides what comes along, and changes nothing.</summary>
internal sealed class GatewayPlanner(
    IClientStore clients,
    ITokenLedger ledger,
    RefreshTokens refreshTokens,
    IOptions<SignetOptions> signet,
    IOptions<TokenOptions> options,
    TimeProvider clock)
{
    /// <summary>Makes a plan.</summary>
    /// <param name="takeover">What is there.</param>
    /// <param name="keyId">The key of its access tokens.</param>
    /// <param name="keyFault">Why none of those can come along; null where they can.</param>
    /// <param name="progress">Told of every entry.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<GatewayPlan> PlanAsync(
        GatewayTakeover takeover,
        string? keyId,
        string? keyFault,
        IProgress<GatewayProgress>? progress,
        CancellationToken cancellationToken)
    {
        var (data, now) = (takeover.Data, clock.GetUtcNow());
        var compared = new Compared(progress, data.Registrations.Count + data.Tokens.Count + data.RefreshTokens.Count);
        var reader = new GatewayTokens(takeover.Issuer, signet.Value.Audience, data, now, options.Value.RefreshTokenLifetime);
        var access = data.Tokens.Select(entry => (Id: entry.Name, Read: reader.ReadAccess(entry))).ToList();
        var refresh = data.RefreshTokens.Select(entry => (Id: IdOf(entry), Read: reader.ReadRefresh(entry))).ToList();
        var plan = new GatewayPlan();
        var standing = await PlanClientsAsync(
            plan,
            data,
            new GatewayClients(data.TakenAt, now),
            UsesOf([.. access.Select(item => item.Read.Value)], [.. refresh.Select(item => item.Read.Value)]),
            compared,
            cancellationToken);

        foreach (var (id, read) in access)
        {
            compared.Next();
            var fault = read.Reason ?? await FaultOfClientAsync(read.Value!.Client!, standing, cancellationToken);
            if (fault is null && await ledger.FindAsync(id, cancellationToken) is not null)
            {
                plan.Know(GatewaySorts.Tokens);
            }
            else if ((fault ?? keyFault) is { } reason)
            {
                plan.LeaveOut(GatewaySorts.Tokens, id, reason);
            }
            else
            {
                plan.Tokens.Add(read.Value! with { KeyId = keyId! });
            }
        }

        foreach (var (id, read) in refresh)
        {
            compared.Next();
            var fault = read.Reason ?? await FaultOfClientAsync(read.Value!.Client, standing, cancellationToken);
            if (fault is not null)
            {
                plan.LeaveOut(GatewaySorts.RefreshTokens, id, fault);
            }
            else if (await refreshTokens.FindAsync(read.Value!.Token, cancellationToken) is not null)
            {
                plan.Know(GatewaySorts.RefreshTokens);
            }
            else
            {
                plan.RefreshTokens.Add(read.Value);
            }
        }

        return plan;
    }

    // Whether each client can have tokens here: null where it can, or why not.
    private async Task<Dictionary<string, string?>> PlanClientsAsync(
        GatewayPlan plan,
        GatewayData data,
        GatewayClients reader,
        Dictionary<string, GatewayUse> uses,
        Compared compared,
        CancellationToken cancellationToken)
    {
        Dictionary<string, string?> standing = new(StringComparer.Ordinal);
        foreach (var entry in data.Registrations)
        {
            compared.Next();
            if (await clients.FindAsync(entry.Name, cancellationToken) is { } known)
            {
                plan.Know(GatewaySorts.Registrations);
                standing[entry.Name] = FaultOf(known);
                continue;
            }

            var read = reader.Read(entry, uses.GetValueOrDefault(entry.Name));
            if (read.Value is not { } client)
            {
                plan.LeaveOut(GatewaySorts.Registrations, entry.Name, read.Reason!);
                standing[entry.Name] = LeftOut.NoClient;
                continue;
            }

            plan.Clients.Add(client);
            plan.Note(GatewaySorts.Registrations, entry.Name, read.Notes);
            standing[entry.Name] = null;
        }

        return standing;
    }

    private async Task<string?> FaultOfClientAsync(
        string client, Dictionary<string, string?> standing, CancellationToken cancellationToken)
    {
        if (!standing.TryGetValue(client, out var fault))
        {
            fault = GatewayTexts.IsId(client) && await clients.FindAsync(client, cancellationToken) is { } known
                ? FaultOf(known)
                : LeftOut.NoClient;
            standing[client] = fault;
        }

        return fault;
    }

    private static string? FaultOf(Client known) => known.Ended is null ? null : LeftOut.ClientEnded;

    private static Dictionary<string, GatewayUse> UsesOf(
        IReadOnlyList<LedgerEntry?> access, IReadOnlyList<AdoptedRefreshToken?> refresh) => access.OfType<LedgerEntry>()
        .Select(row => (Client: row.Client!, At: row.IssuedAt, Scopes: (IReadOnlyList<string>)[]))
        .Concat(refresh.OfType<AdoptedRefreshToken>().Select(token => (token.Client, At: token.IssuedAt, Scopes: ScopeText.Split(token.Scope))))
        .GroupBy(use => use.Client, StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key,
            group => new GatewayUse(
                group.Max(use => use.At), group.SelectMany(use => use.Scopes).ToHashSet(StringComparer.Ordinal)),
            StringComparer.Ordinal);

    // The name of the entry is the token.
    private static string IdOf(GatewayEntry entry) => AdoptedRefreshToken.IdOf(ClientSecrets.Hash(entry.Name));

    // Each asks the store, and there can be many.
    private sealed class Compared(IProgress<GatewayProgress>? progress, int total)
    {
        private int _done;

        public void Next() => progress?.Report(new GatewayProgress("compared", ++_done, total));
    }
}
