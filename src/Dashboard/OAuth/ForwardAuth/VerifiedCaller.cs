using System.Globalization;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.OAuth.ForwardAuth;

/// <summary>Tells a proxy who is behind a request, in headers that it hands on to the API, and as JSON where it asks for it.</summary>
internal static class VerifiedCaller
{
    private const string UserName = "username";

    public static IResult Answer(HttpContext context, AcceptedToken token, string text, SignetOptions signet)
    {
        var name = NameOf(token);
        var headers = context.Response.Headers;
        headers["X-User-Id"] = InHeader(token.Subject);
        headers["X-User-Name"] = InHeader(name);
        headers["X-Auth-Client"] = InHeader(token.Client ?? "");
        headers["X-Auth-Issuer"] = InHeader(token.Issuer ?? signet.Issuer);
        headers["X-Auth-Scopes"] = ScopeText.Join(token.Scopes);
        headers["X-Auth-Token"] = text;
        return context.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Ok(new VerifiedJson(
                token.Subject, name, token.Client, ScopeText.Join(token.Scopes), token.ExpiresAt.ToUnixTimeSeconds(), token.TokenId, token.Issuer))
            : TypedResults.Ok();
    }

    // What somebody else calls a person may be what we call another: such a name stays with its issuer.
    private static string NameOf(AcceptedToken token) =>
        token.Issuer is null
        && token.Claims.TryGetProperty(UserName, out var name) && name.ValueKind is JsonValueKind.String
            ? name.GetString()!
            : token.Subject;

    // Two names must never look the same: what a header cannot carry, or what is trimmed on its way, is percent-encoded,
    // and so is the sign that begins such an encoding.
    private static string InHeader(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var part in Encoding.UTF8.GetBytes(text))
        {
            if (part is > (byte)' ' and <= (byte)'~' and not (byte)'%')
            {
                builder.Append((char)part);
            }
            else
            {
                builder.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
            }
        }

        return builder.ToString();
    }
}

/// <summary>Who is behind a request; with the issuer where that is not this Signet.</summary>
internal sealed record VerifiedJson(
    string Sub, string Username, string? ClientId, string Scope, long Exp, string? Jti, string? Iss);
