using System.Globalization;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Issuing;

/// <summary>What a request for a token must look like, whoever makes it.</summary>
internal static class TokenRequestRules
{
    private const int LongestName = 255;
    private const int MostExtraClaims = 50;
    private const int LargestExtraClaims = 4_096;
    private const int DeepestExtraClaims = 8;

    /// <summary>Every fault, with the name of its field; empty where the token can be issued.</summary>
    public static IReadOnlyList<FieldFault> FaultsOf(TokenRequest request, LifetimeLimit limit)
    {
        List<FieldFault> faults = [];
        CheckText(faults, "subject", request.Subject, isRequired: true);
        CheckText(faults, "audience", request.Audience, isRequired: false);
        CheckText(faults, "client", request.Client, isRequired: false);
        CheckSubjectSpace(faults, request);
        CheckScopes(faults, request.Scopes);
        CheckLifetime(faults, request.Lifetime, limit);
        CheckExtraClaims(faults, request.ExtraClaims);
        return faults;
    }

    private static void CheckText(List<FieldFault> faults, string field, string? value, bool isRequired)
    {
        if (value is null or "")
        {
            if (isRequired || value is "")
            {
                faults.Add(new FieldFault(field, "must not be empty"));
            }
        }
        else if (value.Length > LongestName)
        {
            faults.Add(new FieldFault(field, $"must be at most {LongestName} characters long"));
        }
        else if (value.Any(char.IsControl) || value != value.Trim() || !IsUnicode(value))
        {
            faults.Add(new FieldFault(field, "must not begin or end with a space or contain control or replacement characters"));
        }
    }

    // Half of a surrogate pair would be written as another character than the ledger keeps.
    private static bool IsUnicode(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);

    // 'operator:' belongs to people who log in here: nobody else may be taken for one of them.
    private static void CheckSubjectSpace(List<FieldFault> faults, TokenRequest request)
    {
        if (request.Kind is not TokenKind.Operator
            && request.Subject?.StartsWith(Subjects.OperatorPrefix, StringComparison.OrdinalIgnoreCase) is true)
        {
            faults.Add(new FieldFault("subject", $"must not begin with '{Subjects.OperatorPrefix}', which is reserved for operators"));
        }

        // 'agent:' belongs to agents that registered; an administrator may mint for whoever could have.
        if (request.Kind is not (TokenKind.Minted or TokenKind.Agent or TokenKind.AgentTemp)
            && request.Subject?.StartsWith(Subjects.AgentPrefix, StringComparison.OrdinalIgnoreCase) is true)
        {
            faults.Add(new FieldFault("subject", $"must not begin with '{Subjects.AgentPrefix}', which is reserved for agents"));
        }

        // 'user:' belongs to people who allowed it; an administrator may mint whatever a person could have allowed.
        if (request.Kind is not TokenKind.Minted
            && request.Subject?.StartsWith(Subjects.UserPrefix, StringComparison.OrdinalIgnoreCase) is true
            && (request.UserName is null || request.Subject != Subjects.OfUser(request.UserName)))
        {
            faults.Add(new FieldFault("subject", $"must not begin with '{Subjects.UserPrefix}', which is reserved for people"));
        }
    }

    private static void CheckScopes(List<FieldFault> faults, IReadOnlyList<string> scopes)
    {
        if (ScopeText.FaultOf(scopes) is { } fault)
        {
            faults.Add(new FieldFault("scopes", fault));
        }
    }

    private static void CheckLifetime(List<FieldFault> faults, TimeSpan? lifetime, LifetimeLimit limit)
    {
        if (lifetime < TimeSpan.FromSeconds(1) || lifetime > limit.Most)
        {
            var most = limit.Most.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            faults.Add(new FieldFault("lifetime", $"must be between 1 and {most} seconds ({limit.Setting})"));
        }
    }

    /// <summary>Adds what is wrong with claims that somebody wants in a token, wherever they were asked for.</summary>
    public static void CheckExtraClaims(List<FieldFault> faults, JsonElement? extra)
    {
        if (extra is not { } claims)
        {
            return;
        }

        if (claims.ValueKind is not JsonValueKind.Object)
        {
            faults.Add(new FieldFault("claims", "must be a JSON object"));
            return;
        }

        // What the parser would refuse must not be issued.
        if (!TokenParser.IsUnambiguous(claims))
        {
            faults.Add(new FieldFault(
                "claims", "must have distinct names at every level, whatever their case, and Unicode text only"));
            return;
        }

        var names = claims.EnumerateObject().Select(claim => claim.Name).ToList();
        if (names.Count > MostExtraClaims || claims.GetRawText().Length > LargestExtraClaims)
        {
            faults.Add(new FieldFault("claims", $"must have at most {MostExtraClaims} members of {LargestExtraClaims} characters together"));
        }

        if (DepthOf(claims) > DeepestExtraClaims)
        {
            faults.Add(new FieldFault("claims", $"must be at most {DeepestExtraClaims} levels deep"));
        }

        if (names.Any(name => name.Length is 0 or > 100))
        {
            faults.Add(new FieldFault("claims", "must have names of 1 to 100 characters"));
        }

        faults.AddRange(names.Where(ClaimNames.Reserved.Contains).Select(name =>
            new FieldFault("claims", $"must not have '{name}', which the issuer sets")));
    }

    /// <summary>The fault of a token that nobody, Signet included, would read; null where its size is fine.</summary>
    public static FieldFault? FaultOf(string token) => token.Length <= TokenParser.LongestToken
        ? null
        : new FieldFault(
            "claims", $"must be fewer, or the scopes: the token would be longer than {TokenParser.LongestToken} characters");

    private static int DepthOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Select(member => DepthOf(member.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + element.EnumerateArray().Select(DepthOf).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
