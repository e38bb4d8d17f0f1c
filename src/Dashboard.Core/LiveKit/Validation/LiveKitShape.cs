using System.Text.Json;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.LiveKit.Inspection;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Validation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.LiveKit.Validation;

/// <summary>
/// Tells tokens for LiveKit from those for APIs, by what stands in them: whoever made them, nothing in their header says it. One
/// that names Signet or a trusted issuer is never taken for one, whatever claims it has.
/// </summary>
internal sealed class LiveKitShape(LiveKitKey key, IssuerKeys issuers, IOptions<SignetOptions> signet)
{
    private const string PlainType = "JWT";

    public bool LooksLike(ParsedToken token)
    {
        var issuer = token.Values.Issuer;
        return issuer != signet.Value.Issuer
            && issuers.Find(issuer) is null
            && (key.IsNamedBy(issuer) || (IsPlain(token.Type) && HasGrants(token.Claims)));
    }

    private static bool IsPlain(string? type) => type is null || type.Equals(PlainType, StringComparison.OrdinalIgnoreCase);

    // An empty object grants nothing, and one with other members may be somebody else's claim of the same name.
    private static bool HasGrants(JsonElement claims) => LiveKitNames.Groups.Any(group =>
        claims.TryGetProperty(group, out var grants)
        && grants.ValueKind is JsonValueKind.Object
        && grants.EnumerateObject().Any(grant => LiveKitGrantWords.Knows(group, grant.Name)));
}
