using Dashboard.Core.Clients.Authentication;

namespace Dashboard.OAuth;

/// <summary>Finds the one way by which a request's client authenticates.</summary>
internal static class CallerCredentials
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>What is wrong with the credentials as they are written; null where they can be judged.</summary>
    public static OAuthRefusal? FaultOf(HttpRequest request, OAuthForm form, out ClientCredential credential)
    {
        credential = new ClientCredential.None("");
        var header = request.Headers.Authorization;
        var (id, secret) = (form["client_id"], form["client_secret"]);
        var (assertion, type) = (form["client_assertion"], form["client_assertion_type"]);
        var ways = header.Count + (secret is null ? 0 : 1) + (assertion is null && type is null ? 0 : 1);
        return (ways, header.Count, id) switch
        {
            ( > 1, _, _) => OAuthRefusal.InvalidRequest("More than one way of client authentication is used."),
            (_, 1, _) => FaultOfHeader(header[0] ?? "", id, out credential),
            (1, _, _) when secret is null => FaultOfAssertion(id, assertion, type, out credential),
            (1, _, null) => OAuthRefusal.InvalidRequest("The parameter client_id is missing."),
            (1, _, { } given) => Good(new ClientCredential.Secret(given, secret!), out credential),
            (_, _, { } given) => Good(new ClientCredential.None(given), out credential),
            _ => OAuthRefusal.InvalidClient("The client must say who it is."),
        };
    }

    private static OAuthRefusal? FaultOfHeader(string header, string? id, out ClientCredential credential)
    {
        credential = new ClientCredential.None("");
        if (BasicCredentials.Parse(header) is not var (name, secret))
        {
            return OAuthRefusal.InvalidClient("The Authorization header holds no Basic credentials that can be read.");
        }

        // Not a second way to authenticate, but it must not say something else.
        return id is null || id == name
            ? Good(new ClientCredential.Secret(name, secret), out credential)
            : OAuthRefusal.InvalidRequest("The parameter client_id is another one than that of the Authorization header.");
    }

    private static OAuthRefusal? FaultOfAssertion(string? id, string? assertion, string? type, out ClientCredential credential)
    {
        credential = new ClientCredential.None("");
        return (assertion, type) switch
        {
            (null, _) => OAuthRefusal.InvalidRequest("The parameter client_assertion is missing."),
            (_, null) => OAuthRefusal.InvalidRequest("The parameter client_assertion_type is missing."),
            (_, AssertionType) => Good(new ClientCredential.Assertion(id, assertion), out credential),
            _ => OAuthRefusal.InvalidClient("The client_assertion_type is not supported."),
        };
    }

    private static OAuthRefusal? Good(ClientCredential found, out ClientCredential credential)
    {
        credential = found;
        return null;
    }
}
