using Dashboard.Core.Keys;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>Tokens of a system that was taken over: they name no key, so that their issuer says which it can be.</summary>
internal static class AdoptedKeys
{
    /// <summary>True where a token has to be one of those.</summary>
    public static bool AreFor(KeyRing ring, ParsedToken token) => token.KeyId is null && ring.HasTakenOver(token.Values.Issuer);

    /// <summary>The key of that system that made the signature; where none did, the newest that can make such; null without one.</summary>
    public static SigningKey? Find(KeyRing ring, ParsedToken token)
    {
        if (KeyAlgorithms.Parse(token.Algorithm) is not { } algorithm)
        {
            return null;
        }

        List<SigningKey> keys = [.. ring.FindOf(token.Values.Issuer!, algorithm)];
        return keys is [var only]
            ? only
            : keys.FirstOrDefault(key => key.Material.Verify(token.SigningInput, token.Signature)) ?? keys.FirstOrDefault();
    }
}
