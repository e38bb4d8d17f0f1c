using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Core.LiveKit.Inspection;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting;

namespace Dashboard.Arcp;

/// <summary>A token to judge.</summary>
/// <param name="Token">The token itself, without "Bearer".</param>
/// <param name="Audience">The audience it must be for; null for Signet's own.</param>
/// <param name="Scopes">Scopes it must grant, an array of strings or one string; null for none.</param>
/// <param name="Fingerprint">The fingerprint that came with it; null for the request's own header.</param>
/// <param name="Profile">What it shall open: <c>access</c>, an API, or <c>livekit</c>, rooms of LiveKit; null for an API.</param>
public sealed record ValidateRequest(
    [property: Required] string Token,
    [property: StringLength(255), PlainText] string? Audience,
    JsonElement? Scopes,
    [property: StringLength(256)] string? Fingerprint,
    [property: RegularExpression("^(access|livekit)$", ErrorMessage = "must be access or livekit")] string? Profile = null)
{
    internal bool IsForLiveKit => Profile is "livekit";
}

/// <summary>What is asked of a token: scopes, or a resource that requires some.</summary>
public sealed record AuthorizeRequest(
    [property: Required] string Token,
    JsonElement? Scopes,
    [property: StringLength(255)] string? Resource,
    [property: StringLength(255), PlainText] string? Audience,
    [property: StringLength(256)] string? Fingerprint);

internal sealed record ValidateAnswer(
    bool Valid,
    string? AgentId,
    string Subject,
    string? ClientId,
    IReadOnlyList<string> Scopes,
    DateTimeOffset ExpiresAt,
    JsonElement Payload)
{
    /// <summary>Only for a token of a trusted issuer, which then stands before its subject and client, too.</summary>
    public string? Issuer { get; init; }

    /// <summary>Only for a token for LiveKit: what it allows, and what those say who verify it.</summary>
    [JsonPropertyName("livekit")]
    public LiveKitReport? LiveKit { get; init; }

    public static ValidateAnswer Of(AcceptedToken token) => new(
        true, token.AgentId, token.Subject, token.Client, token.Scopes, token.ExpiresAt, token.Claims)
    {
        Issuer = token.Issuer,
        LiveKit = token.LiveKit,
    };
}

internal sealed record AuthorizeAnswer(
    bool Allowed, IReadOnlyList<string> Held, IReadOnlyList<string> Required, IReadOnlyList<string> Missing)
{
    public static AuthorizeAnswer Of(ScopeHierarchy hierarchy, IReadOnlyList<string> held, IReadOnlyList<string> required)
    {
        var missing = hierarchy.Missing(held, required);
        return new AuthorizeAnswer(missing is [], held, required, missing);
    }
}
