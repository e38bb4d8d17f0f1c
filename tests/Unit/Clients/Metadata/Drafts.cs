using System.Buffers.Text;
using System.Security.Cryptography;
using Dashboard.Core.Clients;

namespace Dashboard.Tests.Unit.Clients.Metadata;

/// <summary>Registrations that are in order.</summary>
internal static class Drafts
{
    public static ClientDraft Web() => new() { Name = "Notes", RedirectUris = ["https://app.example.com/cb"] };

    public static ClientDraft Service() => new() { Name = "Nightly", GrantTypes = [GrantTypes.ClientCredentials] };

    public static string RsaKey(int bits, string more = "")
    {
        using var rsa = RSA.Create(bits);
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"kty":"RSA","n":"{{Text(key.Modulus!)}}","e":"{{Text(key.Exponent!)}}"{{more}}}""";
    }

    public static string EcKey(string more = "", string curve = "P-256", byte flip = 0)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = ec.ExportParameters(includePrivateParameters: false).Q;
        point.Y![31] ^= flip;
        return $$"""{"kty":"EC","crv":"{{curve}}","x":"{{Text(point.X!)}}","y":"{{Text(point.Y)}}"{{more}}}""";
    }

    public static string Set(params string[] keys) => $$"""{"keys":[{{string.Join(',', keys)}}]}""";

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
