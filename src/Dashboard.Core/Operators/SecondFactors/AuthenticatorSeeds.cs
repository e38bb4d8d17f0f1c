using System.Buffers.Text;
using System.Security.Cryptography;
using Dashboard.Core.Keys.Protection;

namespace Dashboard.Core.Operators.SecondFactors;

/// <summary>Encrypts the seeds of authenticator apps with a key of their own, for their operator alone.</summary>
internal sealed class AuthenticatorSeeds(SystemSecrets secrets)
{
    public string Seal(string operatorId, byte[] seed) =>
        Base64Url.EncodeToString(Key.Seal(seed, $"authenticator:{operatorId}"));

    public byte[] Open(string operatorId, Authenticator authenticator) =>
        Key.Open(Base64Url.DecodeFromChars(authenticator.SealedSeed), $"authenticator:{operatorId}");

    /// <summary>A seed that was offered and is not confirmed yet, for whoever it was offered to; nobody else keeps it.</summary>
    public string SealOffer(string operatorId, byte[] seed, DateTimeOffset until) =>
        Base64Url.EncodeToString(Key.Seal([.. BitConverter.GetBytes(until.ToUnixTimeMilliseconds()), .. seed], OfferTo(operatorId)));

    /// <summary>The offered seed; null where the offer is somebody else's, was altered or is too old.</summary>
    public byte[]? OpenOffer(string operatorId, string offer, DateTimeOffset now)
    {
        if (offer.Length > 500 || !Base64Url.IsValid(offer))
        {
            return null;
        }

        try
        {
            var content = Key.Open(Base64Url.DecodeFromChars(offer), OfferTo(operatorId));
            return DateTimeOffset.FromUnixTimeMilliseconds(BitConverter.ToInt64(content)) > now ? content[sizeof(long)..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private MasterKey Key => new(secrets.SecondFactorKey);

    private static string OfferTo(string operatorId) => $"authenticator-offer:{operatorId}";
}
