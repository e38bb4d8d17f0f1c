using System.Text.Json;

namespace Dashboard.Controls;

/// <summary>A verdict's code in words that can be read out over the phone. Codes are public and only ever added to.</summary>
public static class VerdictWords
{
    /// <summary>The answer in one sentence, with how long ago a token expired, seen from the moment it was judged.</summary>
    public static string Headline(string? code, JsonElement? claims, DateTimeOffset judgedAt) => code switch
    {
        null => "Accepted: the token is good",
        "TOKEN_EXPIRED" when DateOf(claims, "exp") is { } expired => $"Refused: it expired {RelativeText.Of(expired, judgedAt)}",
        "TOKEN_NOT_YET_VALID" when DateOf(claims, "nbf") is { } from && from > judgedAt =>
            $"Refused: it becomes valid {RelativeText.Of(from, judgedAt)}",
        _ => $"Refused: {Cause(code)}",
    };

    /// <summary>What follows "Refused:", in small letters; a code that is not known says nothing more.</summary>
    public static string Cause(string code) => code switch
    {
        "MALFORMED_TOKEN" => "this is not a well-formed token",
        "ALGORITHM_NOT_ALLOWED" => "it is not signed in a way that its key allows",
        "WRONG_ISSUER" => "it was not issued by this Signet",
        "UNKNOWN_KEY" => "nobody here knows the key it names",
        "KEY_RETIRED" => "the key that signed it was retired",
        "KEY_REVOKED" => "the key that signed it was revoked",
        "INVALID_SIGNATURE" => "its signature is not genuine",
        "WRONG_TOKEN_TYPE" => "it is the wrong kind of token for this use",
        "MISSING_CLAIMS" => "it lacks claims that every token needs",
        "TOKEN_NOT_YET_VALID" => "it is not valid yet",
        "TOKEN_EXPIRED" => "it has expired",
        "WRONG_AUDIENCE" => "it is meant for another API",
        "TOKEN_UNKNOWN" => "Signet never issued it, although Signet’s key signed it",
        "TOKEN_REVOKED" => "it was revoked",
        "CLIENT_DISABLED" => "its client was disabled",
        "CLIENT_EXPIRED" => "its client’s registration has expired",
        "SUBJECT_DISABLED" => "whoever it speaks for was disabled",
        "FINGERPRINT_MISMATCH" => "it was presented by another client than it was issued to",
        "BINDING_MISMATCH" => "it was presented by another client than it is bound to",
        "INSUFFICIENT_SCOPE" => "it does not allow what is asked",
        _ => code,
    };

    private static DateTimeOffset? DateOf(JsonElement? claims, string name) =>
        claims is { } json && json.TryGetProperty(name, out var value) ? ClaimDates.Read(value) : null;
}
