using System.Text.Json;
using Dashboard.Core.Tokens;

namespace Dashboard.Core.LiveKit.Inspection;

/// <summary>What a token allows in rooms of LiveKit, and what those say of it who verify it.</summary>
/// <param name="ApiKey">The API key that it names; null where it names none.</param>
/// <param name="Identity">Who its holder is in a room; null where it says nothing.</param>
/// <param name="Name">What others see in place of the identity; null for the identity.</param>
/// <param name="Room">The room that it is for; null for any.</param>
/// <param name="Grants">What it allows, what LiveKit takes for granted included.</param>
/// <param name="Answers">What each verifier says.</param>
public sealed record LiveKitReport(
    string? ApiKey,
    string? Identity,
    string? Name,
    string? Room,
    IReadOnlyList<LiveKitGrant> Grants,
    IReadOnlyList<LiveKitAnswer> Answers)
{
    /// <summary>Reads it out of the claims, which nobody need have verified.</summary>
    public static LiveKitReport Of(JsonElement claims, IReadOnlyList<LiveKitAnswer> answers) => new(
        Text(claims, ClaimNames.Issuer),
        Text(claims, ClaimNames.Subject) ?? Text(claims, ClaimNames.TokenId),
        Text(claims, LiveKitNames.Name),
        claims.TryGetProperty(LiveKitNames.Video, out var video) ? Text(video, LiveKitNames.Room) : null,
        LiveKitGrantReader.Read(claims),
        answers);

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}

/// <summary>One thing that a token allows or does not.</summary>
/// <param name="Grant">Its name with the claim that it stands in, such as <c>video.canPublish</c>.</param>
/// <param name="Value">Its value, as text.</param>
/// <param name="IsDefault">True where the token says nothing, and this is what LiveKit takes for granted.</param>
/// <param name="Meaning">What that means, in a sentence.</param>
public sealed record LiveKitGrant(string Grant, string Value, bool IsDefault, string Meaning);

/// <summary>What somebody who verifies the token says of it at this time.</summary>
/// <param name="Verifier">Who.</param>
/// <param name="Accepts">Whether they take it; null where nobody here can say.</param>
/// <param name="Text">What they say, word for word; null where they take it, or their words are not known.</param>
/// <param name="Id">Under which <see cref="Tokens.Inspection.LibraryErrors.LibraryErrorCatalogue"/> explains it; null where it does not.</param>
public sealed record LiveKitAnswer(string Verifier, bool? Accepts, string? Text, string? Id);
