using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Dashboard.Bearer;

/// <summary>Signet's public keys: read when first needed, again every few minutes, and when a token names one that is unknown.</summary>
internal sealed class SignetKeys : IConfigurationRetriever<OpenIdConnectConfiguration>
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AskedForAgain = TimeSpan.FromSeconds(5);

    private volatile bool _wereRead;

    public SignetKeys(SignetClient client, IOptions<SignetBearerOptions> options) =>
        Manager = new ConfigurationManager<OpenIdConnectConfiguration>(
            client.AddressOf("/.well-known/jwks.json").ToString(),
            this,
            new HttpDocumentRetriever(client.Http) { RequireHttps = options.Value.EffectiveAddress.Scheme is "https" })
        {
            AutomaticRefreshInterval = ReadAgain,
            RefreshInterval = AskedForAgain,
        };

    public ConfigurationManager<OpenIdConnectConfiguration> Manager { get; }

    /// <summary>False while no key is known that could verify anything: then a bad signature says nothing about a token.</summary>
    public bool WereRead => _wereRead;

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(
        string address, IDocumentRetriever retriever, CancellationToken cancel)
    {
        var keys = new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel));
        var configuration = new OpenIdConnectConfiguration { JwksUri = address, JsonWebKeySet = keys };
        foreach (var key in keys.GetSigningKeys())
        {
            configuration.SigningKeys.Add(key);
        }

        _wereRead = true;
        return configuration;
    }
}
