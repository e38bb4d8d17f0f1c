using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Failures;

/// <summary>What the codes of refused tokens mean.</summary>
internal static class TokenRefusalWords
{
    private static readonly Dictionary<string, TokenRefusal> OfTokens =
        Enum.GetValues<TokenRefusal>().ToDictionary(refusal => refusal.Code, StringComparer.Ordinal);

    /// <summary>The words for a code of a token; null for every other.</summary>
    public static CodeWords? Of(string code)
    {
        if (!OfTokens.TryGetValue(code, out var refusal))
        {
            return null;
        }

        var (title, cause) = refusal switch
        {
            TokenRefusal.Malformed => (
                "Not a token",
                "What was sent is no well-formed token: cut off, quoted, or something else altogether."),
            TokenRefusal.AlgorithmNotAllowed => (
                "Algorithm not allowed",
                "Tokens ask for a signature that their key does not make. Honest clients do not do this."),
            TokenRefusal.WrongIssuer => (
                "Wrong issuer",
                "Tokens of another system are sent here. Test and production are often mixed up this way."),
            TokenRefusal.UnknownKey => ("Unknown key", "Tokens name a signing key that this Signet never had."),
            TokenRefusal.KeyRetired => ("Retired key", "Tokens are older than the key that signed them was kept."),
            TokenRefusal.KeyRevoked => (
                "Revoked key",
                "The key that signed the tokens was revoked, so that nothing of it is accepted."),
            TokenRefusal.InvalidSignature => (
                "Signature not genuine",
                "Tokens were changed, damaged in copying, or signed by somebody else."),
            TokenRefusal.WrongType => (
                "Wrong kind of token",
                "Tokens of one kind are sent where another is needed, such as a refresh token to an API."),
            TokenRefusal.MissingClaims => ("Claims are missing", "Tokens lack claims that each needs."),
            TokenRefusal.NotYetValid => (
                "Not valid yet",
                "Tokens are used before their time. Almost always a clock is wrong."),
            TokenRefusal.Expired => (
                "Token expired",
                "A program goes on using tokens after their time. It does not get new ones, or not early enough."),
            TokenRefusal.WrongAudience => ("Wrong audience", "Tokens that were made for one API are sent to another."),
            TokenRefusal.Unknown => (
                "Never issued here",
                "Tokens bear a valid signature of this Signet and are not in its ledger: a key may have leaked."),
            TokenRefusal.SessionExpired => ("Session over", "Operators' tokens outlived their session."),
            TokenRefusal.Revoked => (
                "Token revoked",
                "Tokens are used after somebody revoked them, or everything of their client, subject, session or key."),
            TokenRefusal.ClientDisabled => ("Client disabled", "Their client was disabled or deleted."),
            TokenRefusal.ClientExpired => ("Registration expired", "The registration of their client has ended."),
            TokenRefusal.SubjectDisabled => ("Subject disabled", "Whoever they speak for was disabled."),
            TokenRefusal.FingerprintMismatch => (
                "Another fingerprint",
                "Tokens are sent with another fingerprint than that of their login."),
            TokenRefusal.BindingMismatch => (
                "Another sender",
                "Tokens are sent by somebody else than they are bound to."),
            TokenRefusal.InsufficientScope => ("Scope is missing", "Tokens are good and do not allow what is asked."),
            _ => (code, "Nothing more is known of this code."),
        };
        return new CodeWords(title, cause, NextSteps.For(refusal));
    }
}
