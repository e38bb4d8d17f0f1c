using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>A browser with a key of its own.</summary>
internal static class TestBrowser
{
    private static readonly ECDsa Pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public const string Chrome =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    public const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

    public static string Key { get; } = Base64Url.EncodeToString(Pair.ExportSubjectPublicKeyInfo());

    public static ClientHeaders Headers() =>
        new(Chrome, "de-AT,de;q=0.9,en;q=0.8", "\"Linux\"", "?0", IPAddress.Parse("203.0.113.7"), IsNavigation: true);

    public static string Sign(ProofChallenge challenge) => Base64Url.EncodeToString(Pair.SignData(
        Encoding.UTF8.GetBytes($"signet circuit proof v1\n{challenge.Circuit}\n{challenge.Nonce}"), HashAlgorithmName.SHA256));
}
