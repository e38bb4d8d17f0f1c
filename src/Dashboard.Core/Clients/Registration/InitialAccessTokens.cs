using System.Globalization;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients.Metadata;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Tokens;

namespace Dashboard.Core.Clients.Registration;

/// <summary>Makes, lists and takes back what lets others register clients.</summary>
public sealed class InitialAccessTokens
{
    private const int MostUses = 10_000;
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(365);

    private readonly IInitialAccessTokenStore _store;
    private readonly RegistrationTokenUses _uses;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;
    private readonly SignetMeters _meters;
    private readonly TimeProvider _clock;

    internal InitialAccessTokens(
        IInitialAccessTokenStore store,
        RegistrationTokenUses uses,
        AccessControl access,
        IChangeFeed feed,
        SignetMeters meters,
        TimeProvider clock) =>
        (_store, _uses, _access, _feed, _meters, _clock) = (store, uses, access, feed, meters, clock);

    /// <summary>Every one that can still be used, or could until not long ago; newest first.</summary>
    public async Task<IReadOnlyList<InitialAccessToken>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await _store.ReadAsync(cancellationToken)).Select(token => token with { IsRevoked = _uses.IsRevoked(token) })];

    /// <summary>Makes one.</summary>
    /// <param name="label">What it is for.</param>
    /// <param name="uses">How many clients it can register; null for any number.</param>
    /// <param name="lifetime">From now on; null for one that never expires.</param>
    /// <param name="reason">Why; null where nobody was asked.</param>
    /// <param name="who">An administrator with a fresh proof, or a command.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<InitialAccessTokenCreation> CreateAsync(
        string label, int? uses, TimeSpan? lifetime, string? reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageClients);
        if (FaultsOf(label, uses, lifetime) is { Count: > 0 } faults)
        {
            return new InitialAccessTokenCreation.Invalid(faults);
        }

        var secret = InitialAccessToken.Prefix + Identifiers.NewSecret();
        var hash = InitialAccessToken.HashOf(secret);
        var now = _clock.GetUtcNow().CutToMilliseconds();
        var added = new InitialAccessToken
        {
            Id = InitialAccessToken.IdOf(hash),
            Label = label,
            Hash = hash,
            CreatedBy = who.Name,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
            Uses = uses,
        };
        var audit = new AuditEntry(
            who, "initial_access_token.created", "initial_access_token", added.Id, reason, After: Describe(added));
        await _store.AddAsync(added, RegistrationCredentials.RowOf(added), audit, cancellationToken);
        _meters.TokenIssued(TokenKind.InitialAccess.Name);
        await TellAsync(added.Id);
        return new InitialAccessTokenCreation.Created(added, secret);
    }

    /// <summary>Takes one back: clients that it registered stay. False where there is none with this id.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<bool> RevokeAsync(string id, string reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageClients);
        if ((await _store.ReadAsync(cancellationToken)).FirstOrDefault(token => token.Id == id) is not { } found)
        {
            return false;
        }

        var audit = new AuditEntry(
            who, "initial_access_token.revoked", "initial_access_token", id, reason, Before: Describe(found));
        if (!await _store.DeleteAsync(id, _clock.GetUtcNow().CutToMilliseconds(), audit, cancellationToken))
        {
            return false;
        }

        await TellAsync(id);
        return true;
    }

    private static List<FieldFault> FaultsOf(string label, int? uses, TimeSpan? lifetime)
    {
        List<FieldFault> faults = [];
        if (ClientTextRules.FaultOf(label) is { } fault)
        {
            faults.Add(new FieldFault("label", fault));
        }

        if (uses is < 1 or > MostUses)
        {
            faults.Add(new FieldFault("uses", $"must be between 1 and {MostUses}"));
        }

        if (lifetime < TimeSpan.FromSeconds(1) || lifetime > LongestLifetime)
        {
            var most = LongestLifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            faults.Add(new FieldFault("lifetime", $"must be between 1 and {most} seconds"));
        }

        return faults;
    }

    private static string Describe(InitialAccessToken token) => AuditJson.Write(
        ("label", token.Label),
        ("uses", token.Uses?.ToString(CultureInfo.InvariantCulture)),
        ("used", token.Used.ToString(CultureInfo.InvariantCulture)),
        ("expires_at", token.ExpiresAt?.ToString("O", CultureInfo.InvariantCulture)));

    private Task TellAsync(string id) => _feed.TellAsync(
        new Change(ChangeKind.Clients, id), new Change(ChangeKind.Tokens, id), new Change(ChangeKind.Audit, null));
}

/// <summary>What became of a new initial access token.</summary>
public abstract record InitialAccessTokenCreation
{
    private InitialAccessTokenCreation()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="Token">As it was stored.</param>
    /// <param name="Secret">The token itself, shown this once.</param>
    public sealed record Created(InitialAccessToken Token, string Secret) : InitialAccessTokenCreation
    {
        /// <summary>Without the secret.</summary>
        public override string ToString() => Token.Id;
    }

    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : InitialAccessTokenCreation;
}
