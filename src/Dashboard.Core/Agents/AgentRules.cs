using System.Text.Json;
using System.Text.RegularExpressions;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Agents;

/// <summary>What a registration must look like: ARCP's rules, so that what is good there is good here.</summary>
public static partial class AgentRules
{
    private const int MostFeatures = 50;
    private const int LongestFeature = 100;
    private const int LargestMetadata = 16 * 1024;

    /// <summary>What an id must look like, in words that follow the name of a field.</summary>
    public const string RuleOfIds = "must have 3 to 100 of the characters A-Z, a-z, 0-9, '-' and '_'";

    public static bool IsId(string? id) => id is not null && Id().IsMatch(id);

    /// <summary>Every fault, with the name of its field; empty where the agent can be registered.</summary>
    /// <param name="profile">What the agent says of itself; texts that are missing are empty.</param>
    /// <param name="types">The allowed types.</param>
    public static IReadOnlyList<FieldFault> FaultsOf(AgentProfile profile, IReadOnlyList<string> types)
    {
        List<FieldFault> faults = [];
        CheckLength("name", profile.Name, 2, 32);
        Check("agent_type", types.Contains(profile.AgentType, StringComparer.Ordinal), $"must be one of {string.Join(", ", types)}");
        Check("endpoint", IsEndpoint(profile.Endpoint), "must be an http or https address of at most 2048 characters, without a user or fragment");
        CheckLength("context_brief", profile.ContextBrief, 10, 1_000);
        CheckEach(
            "capabilities", profile.Capabilities, 1, 50, Capability(), "must have 2 to 100 letters, digits, spaces, '-' and '_' each");
        CheckLength("owner", profile.Owner, 2, 50);
        Check("public_key", PublicKey().IsMatch(profile.PublicKey), "must have 32 to 1024 letters, digits, '+', '/', '=', '-', '_' and spaces");
        Check("version", Version().IsMatch(profile.Version), "must be a version such as 1.0.0");
        Check("communication_mode", profile.CommunicationMode is "remote" or "local" or "hybrid", "must be remote, local or hybrid");
        if (FaultOfMetadata(profile.Metadata) is { } fault)
        {
            faults.Add(new FieldFault("metadata", fault));
        }

        Check("max_tokens", profile.MaxTokens is not (< 1 or > 1_000_000), "must be between 1 and 1000000");
        Check("rate_limit", profile.RateLimit is not (< 1 or > 10_000), "must be between 1 and 10000");
        Check("ai_context", profile.AiContext is not { Length: > 5_000 }, "must have at most 5000 characters");
        CheckTexts("features", profile.Features, MostFeatures);
        CheckTexts("language_support", profile.LanguageSupport, MostFeatures);
        CheckTexts("requirements", profile.Requirements, MostFeatures);
        CheckTexts("policy_tags", profile.PolicyTags, 20);
        return faults;

        void Check(string field, bool isGood, string rule)
        {
            if (!isGood)
            {
                faults.Add(new FieldFault(field, rule));
            }
        }

        void CheckLength(string field, string value, int least, int most) => Check(
            field,
            value.Length >= least && value.Length <= most && IsText(value),
            $"must have {least} to {most} characters, and none of them a control character");

        void CheckEach(string field, IReadOnlyList<string> values, int least, int most, Regex each, string rule)
        {
            Check(field, values.Count >= least && values.Count <= most, $"must have {least} to {most} items");
            Check(field, values.All(each.IsMatch), rule);
        }

        void CheckTexts(string field, IReadOnlyList<string>? values, int most) => Check(
            field,
            values is null || (values.Count <= most && values.All(value => value.Length is > 0 and <= LongestFeature && IsText(value))),
            $"must have at most {most} items of 1 to {LongestFeature} characters");
    }

    /// <summary>What is wrong with names of types, in words that follow the name of a setting or field; null where nothing is.</summary>
    public static string? FaultOfTypes(IReadOnlyList<string> types) =>
        types.Count > 50 || types.Any(type => !Type().IsMatch(type))
            ? "must be at most 50 names of 1 to 50 small letters, digits, '-' and '_'"
            : null;

    private static string? FaultOfMetadata(string json)
    {
        using var document = JsonDocument.Parse(json);
        var metadata = document.RootElement;
        if (metadata.ValueKind is not JsonValueKind.Object)
        {
            return "must be an object";
        }

        var members = metadata.EnumerateObject().ToList();
        return members.Count is 0 or > 50 || json.Length > LargestMetadata
            ? $"must have 1 to 50 members, of {LargestMetadata} characters together"
            : members.Any(member => member.Name.Length is 0 or > 100) ? "must have names of 1 to 100 characters"
            : members.Any(member => !IsPlain(member.Value)) ? "must have texts, numbers, true, false, null and lists of these only"
            : null;
    }

    private static bool IsPlain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Undefined => false,
        JsonValueKind.Array => value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)),
        _ => true,
    };

    private static bool IsEndpoint(string endpoint) =>
        endpoint.Length <= 2_048
        && !endpoint.Any(char.IsControl)
        && Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { UserInfo: "", Fragment: "", Host: not "" };

    private static bool IsText(string value) => !value.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'));

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{3,100}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[a-z0-9_-]{1,50}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Type();

    [GeneratedRegex(@"\A[A-Za-z0-9_ -]{2,100}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Capability();

    [GeneratedRegex(@"\A[A-Za-z0-9+/=_\s-]{32,1024}\z", RegexOptions.NonBacktracking)]
    private static partial Regex PublicKey();

    [GeneratedRegex(@"\A[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}(-[A-Za-z0-9]{1,50})?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Version();
}
