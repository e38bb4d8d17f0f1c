using Dashboard.Core.LiveKit.Validation;
using Dashboard.Core.Tokens.Inspection.LibraryErrors;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.LiveKit.Inspection;

/// <summary>
/// What LiveKit's servers and libraries say of a token, word for word and each in its own order, so that whoever has such a line
/// before them finds it again. Each names its first fault alone: a wrong API key hides an expired token.
/// </summary>
internal static class LiveKitVerifiers
{
    private const string OldServer = "LiveKit server (go-jose)";
    private const string NewServer = "LiveKit server since June 2026 (golang-jwt)";
    private const string Node = "livekit-server-sdk for Node.js (jose)";

    private static readonly TimeSpan NodeLeeway = TimeSpan.FromSeconds(10);

    /// <summary>What the server says in place of letting its holder in; null where it lets them, or its words are not known.</summary>
    public static string? ErrorFor(TokenUnderCheck token) => OldServerSays(VerifiedToken.Of(token)).Text;

    public static IReadOnlyList<LiveKitAnswer> AnswersFor(TokenUnderCheck token)
    {
        var facts = VerifiedToken.Of(token);
        return [OldServerSays(facts), NewServerSays(facts), NodeSays(facts)];
    }

    private static LiveKitAnswer OldServerSays(VerifiedToken token) => token switch
    {
        { HasThreeParts: false } => Known(OldServer, "go-jose-parts"),
        { BadByte: { } place } => new LiveKitAnswer(OldServer, false, GoBase64.ErrorAt(place), null),
        { Claims: null } => Unsaid(OldServer),
        { NamesOtherKey: true } => Known(OldServer, "go-jose-issuer"),
        { IsHs256: false } or { IsForged: true } => Known(OldServer, "go-jose-crypto"),
        _ when LiveKitLifetimeCheck.IsAhead(token.Claims.NotBefore, token.Now, LiveKitLifetimeCheck.Leeway) =>
            Known(OldServer, "go-jose-not-yet-valid"),
        _ when LiveKitLifetimeCheck.IsOver(token.Claims.ExpiresAt, token.Now, LiveKitLifetimeCheck.Leeway) =>
            Known(OldServer, "go-jose-expired"),
        _ when LiveKitLifetimeCheck.IsAhead(token.Claims.IssuedAt, token.Now, LiveKitLifetimeCheck.Leeway) =>
            Known(OldServer, "go-jose-issued-in-future"),
        _ => Accepted(OldServer, token),
    };

    private static LiveKitAnswer NewServerSays(VerifiedToken token) => token switch
    {
        { HasThreeParts: false } => Known(NewServer, "golang-jwt-segments"),
        { Claims: null } => Unsaid(NewServer),
        { NamesOtherKey: true } => Known(NewServer, "livekit-api-key"),
        { IsHs256: false } => Known(NewServer, "golang-jwt-method", token.Algorithm),
        { IsForged: true } => Known(NewServer, "golang-jwt-signature"),
        { Claims.ExpiresAt: null } => Known(NewServer, "golang-jwt-missing-claim", "exp"),
        _ when LiveKitLifetimeCheck.IsOver(token.Claims.ExpiresAt, token.Now, LiveKitLifetimeCheck.Leeway) =>
            Known(NewServer, "golang-jwt-expired"),
        _ when LiveKitLifetimeCheck.IsAhead(token.Claims.NotBefore, token.Now, LiveKitLifetimeCheck.Leeway) =>
            Known(NewServer, "golang-jwt-not-yet-valid"),
        _ => Accepted(NewServer, token),
    };

    // It has one key with one secret, and so looks at the signature first.
    private static LiveKitAnswer NodeSays(VerifiedToken token) => token switch
    {
        { HasThreeParts: false } => Known(Node, "jose-compact"),
        { Claims: null } or { IsHs256: false } => Unsaid(Node),
        { IsForged: true } => Known(Node, "jose-signature"),
        { Claims.ExpiresAt: null } => Known(Node, "jose-missing-claim", "exp"),
        { Claims.Issuer: null } => Known(Node, "jose-missing-claim", "iss"),
        { NamesOtherKey: true } => Known(Node, "jose-issuer"),
        _ when LiveKitLifetimeCheck.IsAhead(token.Claims.NotBefore, token.Now, NodeLeeway) => Known(Node, "jose-not-yet-valid"),
        _ when LiveKitLifetimeCheck.IsOver(token.Claims.ExpiresAt, token.Now, NodeLeeway) => Known(Node, "jose-expired"),
        _ => Accepted(Node, token),
    };

    private static LiveKitAnswer Known(string verifier, string id, string? atGap = null)
    {
        var error = LibraryErrorCatalogue.FindById(id) ?? throw new InvalidOperationException($"No text has the id {id}.");
        var text = atGap is null ? error.Text : error.Text.Replace($"{LibraryError.Gap}", atGap, StringComparison.Ordinal);
        return new LiveKitAnswer(verifier, false, text, id);
    }

    // Without the secret nobody here can say more than that the dates are right.
    private static LiveKitAnswer Accepted(string verifier, VerifiedToken token) =>
        new(verifier, token.IsVerifiable ? true : null, null, null);

    private static LiveKitAnswer Unsaid(string verifier) => new(verifier, null, null, null);

    /// <summary>What decides, whatever the checks have looked at so far.</summary>
    private sealed record VerifiedToken
    {
        public required DateTimeOffset Now { get; init; }

        public required bool HasThreeParts { get; init; }

        /// <summary>The first byte of a part that is no base64url, counted as Go does; null where there is none.</summary>
        public int? BadByte { get; init; }

        /// <summary>Null where it cannot be read.</summary>
        public TokenClaims? Claims { get; init; }

        public string? Algorithm { get; init; }

        public bool IsHs256 => Algorithm is LiveKitKey.Algorithm;

        /// <summary>True where there is a secret to verify it with.</summary>
        public bool IsVerifiable { get; init; }

        public bool NamesOtherKey { get; init; }

        public bool IsForged { get; init; }

        public static VerifiedToken Of(TokenUnderCheck token)
        {
            var key = token.Key as LiveKitKey;
            var parts = token.Raw.Split('.', 4);
            return new VerifiedToken
            {
                Now = token.Now,
                HasThreeParts = parts.Length == 3,
                BadByte = token.Parsed is null && parts.Length == 3 ? parts.Select(GoBase64.FindBadByte).FirstOrDefault(place => place is not null) : null,
                Claims = token.Parsed?.Values,
                Algorithm = token.Parsed?.Algorithm,
                IsVerifiable = key is not null,
                NamesOtherKey = key?.IsNamedBy(token.Parsed?.Values.Issuer) is false,
                IsForged = key is not null
                    && token.Parsed is { } parsed
                    && !token.SignatureVerified
                    && !key.Verifies(parsed.Algorithm, parsed.SigningInput, parsed.Signature),
            };
        }
    }
}
