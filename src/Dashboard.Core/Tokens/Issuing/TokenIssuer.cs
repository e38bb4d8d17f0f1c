using System.Text;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Uses;
using Dashboard.Core.Live;
using Dashboard.Core.LiveKit.Issuing;
using Dashboard.Core.Primitives;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Memory;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.Issuing;

/// <summary>The only way to mint. The ledger's row is on disk before the token leaves.</summary>
public sealed class TokenIssuer
{
    private readonly KeyRing _ring;
    private readonly LiveKitWriter _liveKit;
    private readonly ITokenLedger _ledger;
    private readonly TokenMemory _memory;
    private readonly RevocationList _revocations;
    private readonly AccessControl _access;
    private readonly EventLog _events;
    private readonly KeyUses _uses;
    private readonly IChangeFeed _feed;
    private readonly SignetMeters _meters;
    private readonly SignetOptions _signet;
    private readonly TokenOptions _options;
    private readonly TimeProvider _clock;

    internal TokenIssuer(
        KeyRing ring,
        LiveKitWriter liveKit,
        ITokenLedger ledger,
        TokenMemory memory,
        RevocationList revocations,
        AccessControl access,
        EventLog events,
        KeyUses uses,
        IChangeFeed feed,
        SignetMeters meters,
        IOptions<SignetOptions> signet,
        IOptions<TokenOptions> options,
        TimeProvider clock) =>
        (_ring, _liveKit, _ledger, _memory, _revocations, _access, _events, _uses, _feed, _meters, _signet, _options, _clock) =
        (ring, liveKit, ledger, memory, revocations, access, events, uses, feed, meters, signet.Value, options.Value, clock);

    /// <summary>Issues a token, or says which fields of the request are wrong and how.</summary>
    /// <exception cref="StoreUnavailableException">The row could not be written; no token was issued.</exception>
    public async Task<TokenIssueOutcome> IssueAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        using var span = Spans.StartIssue(request.Kind.Name);
        if (Prepare(request, out var faults) is not { } token)
        {
            span.SetRefused("INVALID_REQUEST");
            return new TokenIssueOutcome.Invalid(faults);
        }

        await _ledger.AddAsync(token.Entry, request.Audited ? AuditOf(token.Entry, request) : null, cancellationToken);
        return Announce(token);
    }

    /// <summary>
    /// Composes and signs a token for a caller that writes its row together with a change of its own. It must not leave before
    /// that is done and <see cref="Announce"/> was called. Null where the request is invalid.
    /// </summary>
    internal PreparedToken? Prepare(TokenRequest request, out IReadOnlyList<FieldFault> faults)
    {
        if (request.Kind is TokenKind.Minted)
        {
            _access.Demand(request.Who, Right.ManageTokens);
        }

        faults = FaultsOf(request);
        if (faults is not [])
        {
            return null;
        }

        var draft = Draft(request);
        var signed = request.Kind is TokenKind.LiveKit ? _liveKit.Sign(draft) : Sign(draft);
        if (TokenRequestRules.FaultOf(signed.Token) is { } fault)
        {
            faults = [fault];
            return null;
        }

        return new PreparedToken(request, EntryOf(draft, signed), signed.Token, draft.Lifetime);
    }

    /// <summary>Tells everybody of a token whose row is in the ledger; now it may leave.</summary>
    internal TokenIssueOutcome.Issued Announce(PreparedToken token)
    {
        Remember(token.Entry);
        if (token.Entry.Kind is not TokenKind.LiveKit)
        {
            _uses.RecordSigned(token.Entry.KeyId);
        }

        _meters.TokenIssued(token.Entry.Kind.Name);
        _events.Record(EventOf(token.Entry, token.Request));
        return new TokenIssueOutcome.Issued(token.Token, token.Entry.TokenId, token.Entry.ExpiresAt, token.Lifetime);
    }

    /// <summary>
    /// Composes the claims that <see cref="IssueAsync"/> would sign, without signing or storing anything; null where the
    /// request is invalid. The <c>jti</c> and the times will be others.
    /// </summary>
    public string? Preview(TokenRequest request) => FaultsOf(request) is []
        ? Encoding.UTF8.GetString(request.Kind is TokenKind.LiveKit
            ? LiveKitWriter.WriteClaims(Draft(request))
            : TokenWriter.WriteClaims(Draft(request)))
        : null;

    /// <summary>Every fault of a request, with the name of its field; empty where the token can be issued.</summary>
    public IReadOnlyList<FieldFault> FaultsOf(TokenRequest request)
    {
        if (request.Kind is TokenKind.LiveKit)
        {
            return _liveKit.IsReady
                ? TokenRequestRules.FaultsOf(request, _liveKit.Limit)
                : [new FieldFault("kind", "cannot be issued here: no LiveKit server is configured")];
        }

        var faults = TokenRequestRules.FaultsOf(request, LifetimeLimit.Of(_options));

        // A client's choice that is no longer allowed falls back; a person who asks hears of it.
        return request is { Kind: TokenKind.Minted, Algorithm: { } algorithm } && !_ring.Algorithms.Contains(algorithm)
            ? [.. faults, new FieldFault("algorithm", $"must be one of {string.Join(", ", _ring.Algorithms)}: tokens are signed with nothing else here")]
            : faults;
    }

    private TokenDraft Draft(TokenRequest request)
    {
        var now = _clock.GetUtcNow();
        var lifetime = request.Kind switch
        {
            TokenKind.LiveKit => LiveKitWriter.LifetimeOf(request),
            TokenKind.Operator => request.Lifetime ?? _options.OperatorTokenLifetime,
            _ => request.Lifetime ?? _options.AccessTokenLifetime,
        };
        var draft = TokenDraft.From(request, _signet, _options, Identifiers.NewId(), now, lifetime);
        return request.Kind is TokenKind.LiveKit ? _liveKit.Adapt(draft) : draft;
    }

    private SignedDraft Sign(TokenDraft draft)
    {
        var key = _ring.SigningKeyFor(draft.Request.Algorithm);
        var claims = TokenWriter.WriteClaims(draft);
        return new SignedDraft(key.KeyId, claims, TokenWriter.Sign(key, draft.Request.Kind.Type, claims, draft.Request.Defect));
    }

    private void Remember(LedgerEntry entry)
    {
        _memory.AddKnown(KnownToken.From(entry));
        if (entry.Revoked is not null)
        {
            _revocations.Add(entry.TokenId, DateTimeOffset.MaxValue);
        }

        _feed.Publish(new Change(ChangeKind.Tokens, entry.TokenId));
    }

    private static LedgerEntry EntryOf(TokenDraft draft, SignedDraft signed) => new()
    {
        TokenId = draft.TokenId,
        Kind = draft.Request.Kind,
        Subject = draft.Request.Subject,
        Client = draft.Request.Client,
        Session = draft.Request.Session,
        Family = draft.Request.Family,
        GrantedAt = draft.Request.GrantedAt,
        Scope = Scopes.ScopeText.Join(draft.Request.Scopes),
        Audience = draft.Audience,
        KeyId = signed.KeyId,
        IssuedAt = draft.IssuedAt,
        ExpiresAt = draft.ExpiresAt,
        IssuedBy = draft.Request.Who.Name,
        Claims = Encoding.UTF8.GetString(signed.Claims),
        Defect = draft.Request.Defect?.Name,
        Revoked = draft.Request.Defect is { } defect
            ? new RevocationStamp(draft.IssuedAt, Actor.Signet.Name, $"Test token ({defect.Name}): it was never meant to validate.")
            : null,
    };

    private static SecurityEvent EventOf(LedgerEntry entry, TokenRequest request) => new()
    {
        At = entry.IssuedAt,
        Kind = EventKinds.TokenIssued,
        Outcome = EventOutcome.Succeeded,
        Subject = entry.Subject,
        Client = entry.Client,
        Agent = entry.Kind is TokenKind.Agent or TokenKind.AgentTemp ? request.AgentId : null,
        TokenId = entry.TokenId,
        Origin = request.Origin with { Ip = request.Origin.Ip ?? request.Who.Ip },
        Detail = $"Issued ({entry.Kind.Name}) at the request of {entry.IssuedBy}.",
    };

    private static AuditEntry AuditOf(LedgerEntry entry, TokenRequest request) => new(
        request.Who,
        "token.minted",
        "token",
        entry.TokenId,
        request.Reason,
        After: AuditJson.Write(
            ("kind", entry.Kind.Name),
            ("subject", entry.Subject),
            ("client", entry.Client),
            ("scope", entry.Scope),
            ("audience", entry.Audience),
            ("expires_at", Times.Iso(entry.ExpiresAt)),
            ("defect", entry.Defect)));
}
