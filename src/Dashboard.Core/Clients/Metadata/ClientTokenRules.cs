using System.Globalization;
using System.Text.Json;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>What a client's tokens may be, and what only operators give.</summary>
internal static class ClientTokenRules
{
    private const int MostResources = 50;
    private const int LongestAudience = 2_000;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    public static void Check(List<FieldFault> faults, ClientDraft draft, bool isSelfRegistered)
    {
        if (ScopeText.FaultOf(draft.Scopes) is { } scopeFault)
        {
            faults.Add(new FieldFault("scope", scopeFault));
        }

        CheckResources(faults, draft.Resources);
        CheckAudiences(faults, draft.Audiences);
        if (isSelfRegistered)
        {
            CheckPrivileges(faults, draft);
            return;
        }

        CheckClaims(faults, draft.ExtraClaims);
    }

    /// <summary>Refuses lifetimes that would be cut: whoever reads the registration would believe them.</summary>
    public static void CheckLifetimes(List<FieldFault> faults, ClientDraft draft, TokenOptions limits)
    {
        CheckLifetime(faults, "access_token_lifetime", draft.AccessTokenLifetime, limits.MaximumLifetime);
        CheckLifetime(faults, "refresh_token_lifetime", draft.RefreshTokenLifetime, TokenOptions.LongestLifetime);
    }

    /// <summary>Refuses what tokens are not signed with here.</summary>
    public static void CheckAlgorithm(List<FieldFault> faults, ClientDraft draft, IReadOnlyList<KeyAlgorithm> allowed)
    {
        if (draft.AccessTokenAlgorithm is { } chosen && !allowed.Contains(chosen))
        {
            faults.Add(new FieldFault(
                "access_token_signed_response_alg", $"must be one of {string.Join(", ", allowed)}: tokens are signed with nothing else here"));
        }
    }

    // A caller that lets a client give itself any of these is a bug, and still does no harm.
    private static void CheckPrivileges(List<FieldFault> faults, ClientDraft draft)
    {
        Refuse("access_token_lifetime", draft.AccessTokenLifetime is not null);
        Refuse("access_token_signed_response_alg", draft.AccessTokenAlgorithm?.IsSymmetric is true);
        Refuse("refresh_token_lifetime", draft.RefreshTokenLifetime is not null);
        Refuse("extra_claims", draft.ExtraClaims is not null);
        Refuse("resources", draft.Resources is not []);
        Refuse("audiences", draft.Audiences is not []);
        Refuse("verified", draft.IsVerified);
        Refuse("may_introspect_all", draft.MayIntrospectAll);

        void Refuse(string field, bool isGiven)
        {
            if (isGiven)
            {
                faults.Add(new FieldFault(field, "is given by an operator alone"));
            }
        }
    }

    private static void CheckResources(List<FieldFault> faults, IReadOnlyList<string> resources)
    {
        if (resources.Count > MostResources)
        {
            faults.Add(new FieldFault("resources", $"must hold at most {MostResources}"));
        }
        else if (resources.Any(resource => resource.Length > StrictUri.Longest
            || resource.Contains('#', StringComparison.Ordinal)
            || resource.Any(character => character is <= ' ' or > '~')
            || !Uri.TryCreate(resource, UriKind.Absolute, out _)))
        {
            faults.Add(new FieldFault("resources", "must hold absolute URIs without a fragment (RFC 8707)"));
        }
    }

    // An audience need be no address: that of this deployment may be a word.
    private static void CheckAudiences(List<FieldFault> faults, IReadOnlyList<string> audiences)
    {
        if (audiences.Count > MostResources)
        {
            faults.Add(new FieldFault("audiences", $"must hold at most {MostResources}"));
        }
        else if (audiences.Any(audience => audience.Length is 0 or > LongestAudience
            || audience.Any(character => character is <= ' ' or > '~')))
        {
            faults.Add(new FieldFault("audiences", "must hold the audiences of tokens, as they stand in them"));
        }
    }

    private static void CheckLifetime(List<FieldFault> faults, string field, TimeSpan? lifetime, TimeSpan longest)
    {
        if (lifetime < Shortest || lifetime > longest)
        {
            var most = longest.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            faults.Add(new FieldFault(field, $"must be between 1 and {most} seconds"));
        }
    }

    private static void CheckClaims(List<FieldFault> faults, string? claims)
    {
        if (claims is null)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(claims);
            List<FieldFault> found = [];
            TokenRequestRules.CheckExtraClaims(found, document.RootElement);
            faults.AddRange(found.Select(fault => fault with { Field = "extra_claims" }));
        }
        catch (JsonException)
        {
            faults.Add(new FieldFault("extra_claims", "must be a JSON object"));
        }
    }
}
