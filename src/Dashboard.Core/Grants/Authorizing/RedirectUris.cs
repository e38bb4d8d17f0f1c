using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Core.Clients;

namespace Dashboard.Core.Grants.Authorizing;

/// <summary>Tells whether an address is one that a client registered.</summary>
internal static partial class RedirectUris
{
    private const string Native = "native";

    /// <summary>
    /// Character by character, as it was registered: two spellings of an address are two addresses. A native program on
    /// loopback cannot know its port beforehand, so the port alone may be another one there (RFC 8252 section 7.3).
    /// </summary>
    public static bool IsRegistered(Client client, string asked) =>
        client.RedirectUris.Contains(asked, StringComparer.Ordinal)
        || (client.Details.ApplicationType is Native
            && Loopback().Match(asked) is { Success: true } found
            && IsPort(found.Groups["port"])
            && client.RedirectUris.Any(registered => Loopback().Match(registered) is { Success: true } known
                && known.Groups["host"].Value == found.Groups["host"].Value
                && known.Groups["rest"].Value == found.Groups["rest"].Value));

    private static bool IsPort(Group port) =>
        !port.Success || int.Parse(port.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is >= 1 and <= 65_535;

    [GeneratedRegex(
        @"\Ahttp://(?<host>127\.0\.0\.1|\[::1\])(:(?<port>[0-9]{1,5}))?(?<rest>([/?][\x21-\x7e]*)?)\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex Loopback();
}
