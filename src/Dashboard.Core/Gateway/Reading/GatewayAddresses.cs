using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Metadata;

namespace Dashboard.Core.Gateway.Reading;

/// <summary>The addresses of a gateway's client. The gateway took more than Signet does; what could do harm is left out.</summary>
internal static class GatewayAddresses
{
    private const int MostContacts = 10;

    // What browsers run or read themselves instead of handing it to the program that it belongs to.
    private static readonly string[] Browsers =
        ["http", "https", "javascript", "data", "vbscript", "file", "blob", "about", "filesystem", "view-source", "ws", "wss", "ftp", "mailto"];

    // Shows the code on a page of the gateway, which Signet does not have.
    private const string Urn = "urn";

    public static IReadOnlyList<string> Redirects(GatewayRow row, List<string> notes)
    {
        if (row.Texts("redirect_uris") is not { } said)
        {
            notes.Add("Its redirect URIs cannot be read, so that it has none: nobody can allow it anything until it sends some.");
            return [];
        }

        List<string> kept = [.. said.Where(IsUsable).Distinct(StringComparer.Ordinal)];
        if (kept.Count < said.Count)
        {
            notes.Add($"{said.Count - kept.Count} of its {said.Count} redirect URIs cannot be used with Signet and were left out.");
        }

        return kept;
    }

    public static ClientDetails Details(GatewayRow row, IReadOnlyList<string> redirects, List<string> notes)
    {
        var isLost = false;
        var details = new ClientDetails
        {
            ApplicationType = redirects.Any(uri => !uri.StartsWith("https:", StringComparison.Ordinal))
                ? ClientDescriptionRules.Native
                : ClientDescriptionRules.Web,
            ClientUri = Page("client_uri"),
            LogoUri = Page("logo_uri"),
            TosUri = Page("tos_uri"),
            PolicyUri = Page("policy_uri"),
            Contacts = [.. (row.Texts("contacts") ?? []).Where(text => ClientTextRules.FaultOf(text) is null).Take(MostContacts)],
        };
        if (isLost)
        {
            notes.Add("Addresses of its pages that are not https were left out.");
        }

        return details;

        string? Page(string name)
        {
            var uri = row.Text(name);
            if (uri is null || ClientDescriptionRules.FaultOfUri(uri, mustBePublic: true) is null)
            {
                return uri;
            }

            isLost = true;
            return null;
        }
    }

    private static bool IsUsable(string uri) =>
        RedirectUriRules.FaultOf(uri, isNative: true, mustBePublic: false) is null
        || StrictUri.Parse(uri, out _) switch
        {
            null or { Scheme: Urn } => false,
            { Scheme: "http", Host: "localhost" } => true,
            { Scheme: var scheme, Host: var host, Path: var path } => !Browsers.Contains(scheme) && (host is not null || path is not ""),
        };
}
