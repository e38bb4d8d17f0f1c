using Dashboard.Core.Agents;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Ledger;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Posture.Checks;

/// <summary>Tokens that nobody has ever shown us.</summary>
internal sealed class DormantTokenCheck(TokenDirectory tokens) : IPostureCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    public PostureRule Rule { get; } = new(
        "TOKENS_DORMANT",
        PostureSeverity.Low,
        "No live token has lain unused for 30 days.",
        "Live tokens have lain unused for 30 days.",
        "They lie in a file or a log, good and not missed. Tokens that are validated only offline are among them.",
        "Revoke those that nobody needs.");

    /// <summary>Which tokens are dormant at a time.</summary>
    public static LedgerFilter FilterAt(DateTimeOffset now) =>
        new() { Status = TokenStatus.Live, NeverPresented = true, IssuedTo = now - Patience };

    public async Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken)
    {
        // Where few match, a page may be empty and still have a next one: what counts is the total.
        var page = await tokens.ListAsync(FilterAt(scan.Now), null, 1, cancellationToken);
        return page.Total > 0 || page.Items is not []
            ? new PostureOffences(
                [new PostureObject(PostureObjectKind.Tokens, "dormant", "Tokens never presented", null)], page.Total, page.TotalIsCapped)
            : PostureOffences.None;
    }
}

/// <summary>Scopes that are configured for nobody.</summary>
internal sealed class UnusedScopeCheck(
    ITokenLedger ledger,
    ScopeHierarchy hierarchy,
    ProtectedResources resources,
    RegistrationPolicies registration,
    IOptions<ScopeOptions> scopes,
    IOptions<AgentOptions> agents) : IPostureCheck
{
    // Enough to be sure in, and the same work at any size of the ledger.
    private const int MostTokens = 5_000;
    private const int Step = 1_000;

    public PostureRule Rule { get; } = new(
        "SCOPE_UNUSED",
        PostureSeverity.Low,
        "Every scope is held by one of the newest 5,000 tokens.",
        "Scopes are held by none of the newest 5,000 tokens.",
        "What nobody uses can still be asked for, and nobody would notice.",
        "Take it from the clients and settings that name it.");

    public async Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken)
    {
        var held = await HeldAsync(scan.Now, cancellationToken);

        // Before the first token there is nothing to tell from. A scope that another one implies is used with it.
        return held is null
            ? PostureOffences.None
            : new PostureOffences(
                [
                    .. NamedInSettings().Where(IsUnused).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                        .Select(scope => new PostureObject(PostureObjectKind.Scope, scope, scope)),
                    .. scan.Clients.Select(client => (Client: client, Unused: client.Scopes.Where(IsUnused).Order(StringComparer.Ordinal).ToList()))
                        .Where(item => item.Unused is not [])
                        .Select(item => new PostureObject(
                            PostureObjectKind.Client, item.Client.Id, item.Client.Name, $"It may ask for {string.Join(", ", item.Unused)}.")),
                ],
                IsCapped: scan.HasMoreClients);

        bool IsUnused(string scope) => !scope.EndsWith('*') && !hierarchy.Has(held, scope);
    }

    private async Task<IReadOnlyList<string>?> HeldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        HashSet<string> held = new(StringComparer.Ordinal);
        PageCursor? after = null;
        var looked = 0;
        IReadOnlyList<LedgerEntry> rows;
        do
        {
            rows = await ledger.ReadAsync(new LedgerFilter(), now, after, Step, cancellationToken);
            held.UnionWith(rows.SelectMany(row => ScopeText.Split(row.Scope)));
            after = rows is [.., var last] ? new PageCursor(last.IssuedAt, last.TokenId) : after;
            looked += rows.Count;
        }
        while (rows.Count == Step && looked < MostTokens);

        return looked == 0 ? null : [.. held];
    }

    private IEnumerable<string> NamedInSettings() => scopes.Value.Hierarchy.Keys
        .Concat(scopes.Value.Hierarchy.Values.SelectMany(implied => implied))
        .Concat(scopes.Value.Resources.Values.SelectMany(required => required))
        .Concat(resources.All.SelectMany(resource => resource.Scopes))
        .Concat(registration.Current.AllowedScopes)
        .Concat(ScopeText.Split(agents.Value.Scopes));
}
