using Dashboard.Core.Grants.Authorizing;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Dashboard.OAuth.Authorize;

/// <summary>The addresses that answer authorization requests: the client's own, with what it is told.</summary>
public sealed class AuthorizationAnswers(IOptions<SignetOptions> signet)
{
    public string Granted(AuthorizationTarget target, string code) => With(target, ("code", code));

    public string Refused(AuthorizationTarget target, string error, string description) =>
        With(target, ("error", error), ("error_description", description));

    // The issuer tells clients of several servers which one answers (RFC 9207).
    private string With(AuthorizationTarget target, params ReadOnlySpan<(string Name, string Value)> members)
    {
        Dictionary<string, string?> query = new(StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            query[name] = value;
        }

        if (target.State is { } state)
        {
            query[AuthorizationParameters.State] = state;
        }

        query["iss"] = signet.Value.Issuer;
        return QueryHelpers.AddQueryString(target.RedirectUri, query);
    }
}
