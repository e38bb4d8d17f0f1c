using System.Text.Json;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Core.Tokens.Validation.Checks;

namespace Dashboard.Core.LiveKit.Validation;

/// <summary>
/// Every claim that LiveKit needs is there: an expiry, which its newer servers insist on, and an identity to join a room with. Old
/// libraries write that as jti.
/// </summary>
internal sealed class LiveKitClaimsCheck() : TokenCheck("claims", "Are all required claims there?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        string[] missing =
        [
            .. parsed.Values.ExpiresAt is null ? [ClaimNames.ExpiresAt] : Array.Empty<string>(),
            .. Joins(parsed.Claims) && parsed.Values is { Subject: null, TokenId: null } ? [ClaimNames.Subject] : Array.Empty<string>(),
        ];
        return missing is []
            ? CheckOutcome.Passed(token.Explain ? "None is missing." : null)
            : CheckOutcome.Failed(
                TokenRefusal.MissingClaims,
                $"JWT token is missing required claims, or they have the wrong type: {string.Join(", ", missing)}.",
                new RefusalFacts { MissingClaims = missing });
    }

    private static bool Joins(JsonElement claims) =>
        claims.TryGetProperty(LiveKitNames.Video, out var video)
        && video.ValueKind is JsonValueKind.Object
        && video.TryGetProperty(LiveKitNames.RoomJoin, out var join)
        && join.ValueKind is JsonValueKind.True;
}
