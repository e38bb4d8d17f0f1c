using System.Text.Json;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Core.Tokens.Validation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Grants;

/// <summary>Tells clients and operators about tokens (RFC 7662): no more than each of them may know.</summary>
public sealed class Introspection
{
    private readonly TokenValidator _validator;
    private readonly RefreshIntrospection _refreshTokens;
    private readonly EventLog _events;
    private readonly string _issuer;
    private readonly TimeProvider _clock;

    internal Introspection(
        TokenValidator validator,
        RefreshIntrospection refreshTokens,
        EventLog events,
        IOptions<SignetOptions> signet,
        TimeProvider clock) =>
        (_validator, _refreshTokens, _events, _issuer, _clock) = (validator, refreshTokens, events, signet.Value.Issuer, clock);

    /// <summary>What a token says; null where it is not active, or not for whoever asks to know.</summary>
    /// <param name="client">The client that asks; null for an operator, who may ask about every token.</param>
    /// <param name="token">An access or refresh token.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="StoreUnavailableException">Memory has no answer and the store cannot be read.</exception>
    public async Task<IntrospectionAnswer?> IntrospectAsync(
        Client? client, string token, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (RefreshTokens.IsOne(token))
        {
            return await _refreshTokens.FindAsync(client, token, origin, cancellationToken);
        }

        // Read before it is verified: whoever may not know of it causes no presentation, and learns nothing by the time it takes.
        var claims = TokenParser.Parse(token, out _)?.Values;
        if (claims is not null && !MayKnow(client, claims))
        {
            Refuse(client!, origin);
            return null;
        }

        var context = new ValidationContext
        {
            Audience = claims?.Audiences is [var first, ..] ? first : null,
            IsShownByOthers = true,
            Origin = origin,
            Where = "introspect",
        };
        return await _validator.ValidateAsync(token, context, cancellationToken) is TokenVerdict.Accepted accepted
            ? AnswerOf(accepted.Token)
            : null;
    }

    // What it says of itself is what the ledger has, or it is refused.
    private static bool MayKnow(Client? client, TokenClaims claims) =>
        client is null or { MayIntrospectAll: true }
        || claims.Client == client.Id
        || claims.Audiences.Any(client.IsApiOf);

    private IntrospectionAnswer AnswerOf(AcceptedToken token)
    {
        var claims = new TokenClaims(token.Claims);
        return new IntrospectionAnswer
        {
            Scope = token.Scopes is [] ? null : Scopes.ScopeText.Join(token.Scopes),
            ClientId = token.Client,
            UserName = UserNameOf(token),
            TokenType = "Bearer",
            ExpiresAt = token.ExpiresAt,
            IssuedAt = claims.IssuedAt ?? token.IssuedAt,
            NotBefore = claims.NotBefore,
            Subject = token.Subject,
            Audiences = claims.Audiences,
            Issuer = claims.Issuer ?? _issuer,
            TokenId = token.TokenId!,
        };
    }

    // One that was taken over, and what came of it, speaks for people whom Signet knows by this claim alone.
    private static string? UserNameOf(AcceptedToken token) => token.Kind is TokenKind.Operator
        ? token.Subject[Subjects.OperatorPrefix.Length..]
        : Subjects.UserNameOf(token.Subject)
            ?? (token.Claims.TryGetProperty(ClaimNames.UserName, out var name) && name.ValueKind is JsonValueKind.String ? name.GetString() : null);

    private void Refuse(Client client, RequestOrigin origin) => _events.Record(new SecurityEvent
    {
        At = _clock.GetUtcNow(),
        Kind = EventKinds.IntrospectionRefused,
        Outcome = EventOutcome.Refused,
        Client = client.Id,
        Origin = origin,
        Detail = "The client asked about a token that is neither its own nor for it.",
    });
}
