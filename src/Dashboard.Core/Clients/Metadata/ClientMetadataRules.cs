using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>
/// What a registration must look like, whoever asks for it. Fields are named as in RFC 7591, so that every way to register
/// says the same.
/// </summary>
public static class ClientMetadataRules
{
    public const string RedirectUris = "redirect_uris";

    /// <summary>Every fault of what an operator asks for, with the name of its field; empty where the client can be registered.</summary>
    /// <param name="draft">What is asked for.</param>
    /// <param name="limits">How long tokens live here at most.</param>
    /// <param name="algorithms">What tokens are signed with here.</param>
    public static IReadOnlyList<FieldFault> FaultsOf(ClientDraft draft, TokenOptions limits, IReadOnlyList<KeyAlgorithm> algorithms)
    {
        List<FieldFault> faults = [.. FaultsOf(draft, isSelfRegistered: false)];
        ClientTokenRules.CheckLifetimes(faults, draft, limits);
        ClientTokenRules.CheckAlgorithm(faults, draft, algorithms);
        return faults;
    }

    /// <summary>Every fault of what a client asks for itself. A secret that it would share with every API is not its to choose.</summary>
    /// <param name="draft">What is asked for.</param>
    /// <param name="algorithms">What tokens are signed with here.</param>
    internal static IReadOnlyList<FieldFault> FaultsOfOwn(ClientDraft draft, IReadOnlyList<KeyAlgorithm> algorithms)
    {
        List<FieldFault> faults = [.. FaultsOf(draft, isSelfRegistered: true)];
        if (draft.AccessTokenAlgorithm?.IsSymmetric is not true)
        {
            ClientTokenRules.CheckAlgorithm(faults, draft, [.. algorithms.Where(algorithm => !algorithm.IsSymmetric)]);
        }

        return faults;
    }

    /// <summary>Every fault, but for those against the limits of the deployment.</summary>
    /// <param name="draft">What is asked for.</param>
    /// <param name="isSelfRegistered">
    /// True where nobody vouches for the client: it leads to public hosts alone and has nothing that operators give.
    /// </param>
    public static IReadOnlyList<FieldFault> FaultsOf(ClientDraft draft, bool isSelfRegistered)
    {
        List<FieldFault> faults = [];
        ClientDescriptionRules.Check(faults, draft, isSelfRegistered);
        CheckGrants(faults, draft);
        CheckRedirectUris(faults, draft, isSelfRegistered);
        CheckKeys(faults, draft);
        ClientTokenRules.Check(faults, draft, isSelfRegistered);
        return faults;
    }

    private static void CheckGrants(List<FieldFault> faults, ClientDraft draft)
    {
        var grants = draft.GrantTypes;
        if (grants is [])
        {
            faults.Add(new FieldFault("grant_types", "must not be empty"));
        }
        else if (grants.Any(grant => !GrantTypes.All.Contains(grant, StringComparer.Ordinal)))
        {
            faults.Add(new FieldFault("grant_types", $"must hold only {string.Join(", ", GrantTypes.All)}"));
        }
        else if (grants.Distinct(StringComparer.Ordinal).Count() != grants.Count)
        {
            faults.Add(new FieldFault("grant_types", "must not repeat a grant"));
        }
        else if (grants.Contains(GrantTypes.RefreshToken) && !grants.Contains(GrantTypes.AuthorizationCode))
        {
            faults.Add(new FieldFault("grant_types", "must hold authorization_code where it holds refresh_token"));
        }
        else if (grants.Contains(GrantTypes.ClientCredentials) && draft.AuthMethod is ClientAuthMethod.None)
        {
            faults.Add(new FieldFault(
                "grant_types", "must not hold client_credentials where token_endpoint_auth_method is none"));
        }
    }

    private static void CheckRedirectUris(List<FieldFault> faults, ClientDraft draft, bool isSelfRegistered)
    {
        var uris = draft.RedirectUris;
        if (uris is [] && draft.GrantTypes.Contains(GrantTypes.AuthorizationCode))
        {
            faults.Add(new FieldFault(RedirectUris, "must hold an address for the grant authorization_code"));
        }

        if (uris.Count > RedirectUriRules.Most)
        {
            faults.Add(new FieldFault(RedirectUris, $"must hold at most {RedirectUriRules.Most} addresses"));
            return;
        }

        if (uris.Distinct(StringComparer.Ordinal).Count() != uris.Count)
        {
            faults.Add(new FieldFault(RedirectUris, "must not repeat an address"));
        }

        var isNative = draft.Details.ApplicationType is ClientDescriptionRules.Native;
        faults.AddRange(uris
            .Select(uri => RedirectUriRules.FaultOf(uri, isNative, mustBePublic: isSelfRegistered))
            .Select((fault, index) => fault is null ? null : new FieldFault($"{RedirectUris}[{index}]", fault))
            .OfType<FieldFault>());
    }

    private static void CheckKeys(List<FieldFault> faults, ClientDraft draft)
    {
        switch (draft.Details)
        {
            case { Jwks: not null, JwksUri: not null }:
                faults.Add(new FieldFault("jwks", "must not be given together with jwks_uri"));
                break;
            case { Jwks: null, JwksUri: null } when draft.AuthMethod is ClientAuthMethod.PrivateKeyJwt:
                faults.Add(new FieldFault("jwks", "must be given, or jwks_uri, for private_key_jwt"));
                break;
            case { Jwks: { } jwks } when JwkSetRules.FaultOf(jwks) is { } fault:
                faults.Add(new FieldFault("jwks", fault));
                break;

            // Signet fetches it, from whoever registered it: never from an inside host.
            case { JwksUri: { } uri } when ClientDescriptionRules.FaultOfUri(uri, mustBePublic: true) is { } fault:
                faults.Add(new FieldFault("jwks_uri", fault));
                break;
        }
    }
}
