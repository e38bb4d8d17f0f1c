using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Metadata;

namespace Dashboard.Core.Posture.Checks;

/// <summary>Answers of authorizations that others could read or catch.</summary>
internal sealed class InsecureRedirectCheck : ClientCheck
{
    public override PostureRule Rule { get; } = new(
        "CLIENT_REDIRECT_INSECURE",
        PostureSeverity.High,
        "Every redirect URI is exact and uses https.",
        "Clients have redirect URIs with wildcards, or with http.",
        "An authorization code sent there can be read on its way, or caught by whoever gets hold of one matching page.",
        "Give each address in full, with https.");

    protected override string? FaultOf(Client client, DateTimeOffset now) => client.RedirectUris.FirstOrDefault(IsInsecure);

    // Whatever wrote it here: registrations that were imported were checked by another program's rules.
    private static bool IsInsecure(string uri) =>
        uri.Contains('*', StringComparison.Ordinal)
        || (Uri.TryCreate(uri, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && !IsThisMachine(address));

    private static bool IsThisMachine(Uri address) => address.Host is "127.0.0.1" or "[::1]";
}

/// <summary>Answers of authorizations that go to somebody's inside.</summary>
internal sealed class PrivateRedirectCheck : ClientCheck
{
    public override PostureRule Rule { get; } = new(
        "CLIENT_REDIRECT_PRIVATE",
        PostureSeverity.Medium,
        "No redirect URI leads to a private host.",
        "Clients have redirect URIs at private hosts.",
        "What such a name leads to depends on the network that a person is in: elsewhere it may be somebody else's machine.",
        "Use a public name, or make sure that only people inside use the client.");

    protected override string? FaultOf(Client client, DateTimeOffset now) => client.RedirectUris.FirstOrDefault(uri =>
        Uri.TryCreate(uri, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps
        && !PublicHosts.Allows(address.Host));
}
