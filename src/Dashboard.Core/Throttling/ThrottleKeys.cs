using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Throttling;

/// <summary>
/// The keys of counters: hashes, so that the store learns neither who was tried nor from where. Purposes never meet, and no
/// part can pretend to be two: each is written with its length.
/// </summary>
internal static class ThrottleKeys
{
    /// <summary>Failures at an account from one device, known or taken by its address.</summary>
    public static byte[] OfDevice(string account, string device) => Of("login-device", account, device);

    /// <summary>Failures at all accounts from one address.</summary>
    public static byte[] OfAddress(NetworkAddress address) => Of("login-address", address.ToString());

    /// <summary>Wrong agent keys from one address.</summary>
    public static byte[] OfAgentKeys(NetworkAddress address) => Of("agent-keys", address.ToString());

    /// <summary>Failures at an account from all unknown devices.</summary>
    public static byte[] OfAccount(string account) => Of("login-account", account);

    /// <summary>When an account was last unlocked.</summary>
    public static byte[] OfUnlock(string account) => Of("unlock", account);

    /// <summary>Wrong second factors of an operator.</summary>
    public static byte[] OfSecondFactor(string operatorId) => Of("second-factor", operatorId);

    /// <summary>Requests of a budget from one address in one minute.</summary>
    public static byte[] OfRequests(string budget, NetworkAddress address, long minute) =>
        Of("requests", budget, address.ToString(), minute.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static byte[] Of(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
