using System.Net;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Webhooks;

/// <summary>What a webhook must be like. A name's address is looked at when it is called, not before: it may change.</summary>
internal static class WebhookRules
{
    public const int LongestUrl = 2_000;

    private const int LongestName = 100;
    private const int MostKinds = 50;
    private const int LongestKind = 60;

    public static List<FieldFault> FaultsOf(WebhookDraft draft, WebhookOptions options)
    {
        List<FieldFault> faults = [];
        if (draft.Name.Length is 0 or > LongestName || draft.Name.Any(char.IsControl))
        {
            faults.Add(new FieldFault("name", "must have 1 to 100 characters, and none of them a control character"));
        }

        if (FaultOf(draft.Url, draft.MayBePrivate, options) is { } fault)
        {
            faults.Add(new FieldFault("url", fault));
        }

        if (draft.MayBePrivate && Read(draft.Url) is { } address && !options.AllowsPrivate(address))
        {
            faults.Add(new FieldFault(
                "may_be_private",
                $"must be off: the settings {WebhookOptions.Section}:AllowPrivateAddresses and {WebhookOptions.Section}:AllowedHosts "
                + "do not allow it for this host"));
        }

        if (draft.Kinds.Count > MostKinds || !draft.Kinds.All(IsKind))
        {
            faults.Add(new FieldFault("kinds", "must be at most 50 kinds of alerts in small letters, digits, dots, colons, - and _"));
        }

        return faults;
    }

    private static string? FaultOf(string url, bool mayBePrivate, WebhookOptions options)
    {
        if (url.Length > LongestUrl || Read(url) is not { } address)
        {
            return "must be an absolute https address without a user name or fragment, of at most 2,000 characters";
        }

        var isAllowed = mayBePrivate && options.AllowsPrivate(address);
        if (address.Scheme != Uri.UriSchemeHttps && !isAllowed)
        {
            return "must be an https address: plain http is only for hosts that the settings allow in your own network";
        }

        return !isAllowed && IPAddress.TryParse(address.IdnHost, out var ip) && !PublicAddresses.Contains(ip)
            ? "must lead to a public address"
            : null;
    }

    private static Uri? Read(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.UserInfo is "" && address.Fragment is "" && address.Host is not ""
        && !url.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
            ? address
            : null;

    private static bool IsKind(string kind) =>
        kind.Length is > 0 and <= LongestKind
        && kind.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '-' or '_' or ':');
}
