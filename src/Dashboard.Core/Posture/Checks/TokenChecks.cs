using Dashboard.Core.Agents;
using Dashboard.Core.Clients.Registration;
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
    // Each is asked about by itself.
    private const int MostScopes = 200;

    public PostureRule Rule { get; } = new(
        "SCOPE_UNUSED",
        PostureSeverity.Low,
        "Every scope is held by some token.",
        "Scopes are held by no token.",
        "What nobody uses can still be asked for, and nobody would notice.",
        "Take it from the clients and settings that name it.");

    public async Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken)
    {
        var all = NamedIn(scan).Where(scope => !scope.EndsWith('*')).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        List<string> held = [];
        List<string> idle = [];
        foreach (var scope in all.Take(MostScopes))
        {
            var found = await ledger.ReadAsync(new LedgerFilter { Scope = scope }, scan.Now, null, 1, cancellationToken);
            (found is [] ? idle : held).Add(scope);
        }

        // A scope that another one implies is used with it.
        return new PostureOffences(
            [.. idle.Where(scope => !hierarchy.Has(held, scope)).Select(scope => new PostureObject(PostureObjectKind.Scope, scope, scope))],
            IsCapped: all.Count > MostScopes || scan.HasMoreClients);
    }

    private IEnumerable<string> NamedIn(PostureScan scan) => scan.Clients.SelectMany(client => client.Scopes)
        .Concat(scopes.Value.Hierarchy.Keys)
        .Concat(scopes.Value.Hierarchy.Values.SelectMany(implied => implied))
        .Concat(scopes.Value.Resources.Values.SelectMany(required => required))
        .Concat(resources.All.SelectMany(resource => resource.Scopes))
        .Concat(registration.Current.AllowedScopes)
        .Concat(ScopeText.Split(agents.Value.Scopes));
}
