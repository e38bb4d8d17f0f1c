using System.Text.Json;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Keys;
using Dashboard.Core.Scopes;

namespace Dashboard.OAuth.Registration;

/// <summary>
/// What a client sends of itself (RFC 7591 section 2). Members that are not named here are not read: nobody gets anything by
/// asking for it.
/// </summary>
internal sealed class RegistrationDocument
{
    private static readonly ClientDraft Nothing = new() { Name = "" };
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private string? _clientId;

    /// <summary>What it asks for.</summary>
    public ClientDraft Draft { get; private init; } = Nothing;

    /// <summary>The secret that it says it has; null where it says none.</summary>
    public string? ClientSecret { get; private init; }

    /// <summary>Why the document cannot be used; null where its contents can be judged.</summary>
    public (RegistrationError Error, string Description)? Refused { get; private init; }

    /// <summary>Reads the body of a request.</summary>
    public static async Task<RegistrationDocument> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!IsJson(request))
        {
            return Refuse(RegistrationError.InvalidRequest, "The document must be sent as application/json.");
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, Strict, cancellationToken);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? Read(document.RootElement)
                : Refuse(RegistrationError.InvalidMetadata, "The document must be a JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second kind comes of names and texts that are no Unicode text.
            return Refuse(
                RegistrationError.InvalidMetadata,
                "The document is not one well-formed JSON object without duplicate members, at most 16 levels deep.");
        }
    }

    /// <summary>What is wrong with the id in the document of a client that replaces its registration; null where nothing is.</summary>
    public (RegistrationError Error, string Description)? FaultOfClientId(string clientId) => _clientId == clientId
        ? null
        : (RegistrationError.InvalidMetadata, "client_id must be in the document, and be the one in the address.");

    // Not "…+json" and the like: the RFC names one type.
    private static bool IsJson(HttpRequest request) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static RegistrationDocument Read(JsonElement root)
    {
        if (root.TryGetProperty("software_statement", out var statement) && statement.ValueKind is not JsonValueKind.Null)
        {
            return Refuse(
                RegistrationError.InvalidSoftwareStatement, "Software statements are not taken here: leave software_statement out.");
        }

        var members = new RegistrationMembers(root);
        var redirectUris = members.Texts("redirect_uris") ?? [];
        var grants = members.Texts("grant_types") ?? [GrantTypes.AuthorizationCode];
        var method = members.Text("token_endpoint_auth_method");
        var algorithm = members.Text("access_token_signed_response_alg");
        var draft = new ClientDraft
        {
            Name = members.Text("client_name") ?? "Unnamed client",
            AuthMethod = method is null ? ClientAuthMethod.ClientSecretBasic : ClientAuthMethods.Parse(method) ?? ClientAuthMethod.None,
            GrantTypes = grants,
            RedirectUris = redirectUris,
            Scopes = ScopeText.Split(members.Text("scope")),
            AccessTokenAlgorithm = KeyAlgorithms.Parse(algorithm),
            Details = new ClientDetails
            {
                ApplicationType = members.Text("application_type") ?? TypeOf(redirectUris),
                ClientUri = members.Text("client_uri"),
                LogoUri = members.Text("logo_uri"),
                TosUri = members.Text("tos_uri"),
                PolicyUri = members.Text("policy_uri"),
                Contacts = members.Texts("contacts") ?? [],
                SoftwareId = members.Text("software_id"),
                SoftwareVersion = members.Text("software_version"),
                Jwks = members.Object("jwks"),
                JwksUri = members.Text("jwks_uri"),
            },
        };
        if (method is not null && ClientAuthMethods.Parse(method) is null)
        {
            members.Refuse($"token_endpoint_auth_method must be {string.Join(", ", Enum.GetValues<ClientAuthMethod>().Select(each => each.Name))}");
        }

        if (algorithm is not null && KeyAlgorithms.Parse(algorithm) is null)
        {
            members.Refuse($"access_token_signed_response_alg must be one of {KeyAlgorithms.Names}");
        }

        CheckResponseTypes(members, grants);
        if (members.Fault is { } fault)
        {
            return Refuse(
                members.IsAboutRedirects ? RegistrationError.InvalidRedirectUri : RegistrationError.InvalidMetadata, fault + ".");
        }

        // Read behind the others: who registers cannot choose them, so it is no fault what they are.
        return new RegistrationDocument
        {
            Draft = draft,
            ClientSecret = members.Text("client_secret"),
            _clientId = members.Text("client_id"),
        };
    }

    private static void CheckResponseTypes(RegistrationMembers members, IReadOnlyList<string> grants)
    {
        if (members.Texts("response_types") is { } types
            && (types.Any(type => type is not "code") || types is [] == grants.Contains(GrantTypes.AuthorizationCode)))
        {
            members.Refuse("response_types must be code for the grant authorization_code, and empty without it");
        }
    }

    // RFC 7591 does not know the type: whoever leaves it out is what its addresses say.
    private static string TypeOf(IReadOnlyList<string> redirectUris) =>
        redirectUris.Any(uri => !uri.StartsWith("https:", StringComparison.Ordinal)) ? "native" : "web";

    private static RegistrationDocument Refuse(RegistrationError error, string description) => new() { Refused = (error, description) };
}
