using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Protection;

namespace Dashboard.Hosting.Settings.Catalogue;

/// <summary>What signs tokens, what seals secrets, and whose tokens are good besides.</summary>
internal static class KeySettings
{
    public static readonly IReadOnlyList<SettingGroup> Groups =
    [
        new("Keys", KeyOptions.Section, typeof(KeyOptions),
        [
            new(nameof(KeyOptions.Algorithm), "What tokens are signed with where nobody chose.") { Alias = "JWT_ALGORITHM" },
            new(nameof(KeyOptions.OtherAlgorithms), "What a client may choose besides."),
            new(nameof(KeyOptions.RsaBits), "The size of new RSA keys in bits."),
            new(nameof(KeyOptions.PrePublishWindow), "How long a key is published before it may sign."),
            new(nameof(KeyOptions.RotationInterval), "After how long a key is rotated without anybody's doing; zero for never."),
            new(nameof(KeyOptions.JwksCacheLifetime), "How long verifiers may keep the JWKS."),
        ]),
        new("Master key", null, typeof(MasterKeyOptions),
        [
            new(
                nameof(MasterKeyOptions.Key),
                "The key that seals all others: 32 bytes in base64.")
            {
                Key = MasterKeyOptions.KeySetting,
                Secrecy = SettingSecrecy.Secret,
            },
            new(
                nameof(MasterKeyOptions.File),
                "The file that the master key is read from.")
            {
                Key = MasterKeyOptions.FileSetting,
                DefaultText = "master.key in the data folder",
            },
            new(nameof(MasterKeyOptions.NewFile), "The file of the key to change to.") { Key = MasterKeyOptions.NewFileSetting },
        ]),
        new("Keys brought along", null, typeof(GivenKeyOptions),
        [
            new(
                nameof(GivenKeyOptions.Secret),
                "The secret that an existing deployment signs HS256 tokens with.")
            {
                Key = GivenKeyOptions.SecretSetting,
                Secrecy = SettingSecrecy.Secret,
            },
            new(
                nameof(GivenKeyOptions.PrivateKey),
                "The private key of an existing deployment, a PEM in base64.")
            {
                Key = GivenKeyOptions.PrivateKeySetting,
                Secrecy = SettingSecrecy.Secret,
            },
            new(
                nameof(GivenKeyOptions.KeyId),
                "What that key's tokens call it.")
            {
                Key = GivenKeyOptions.KeyIdSetting,
                DefaultText = "a new name",
            },
        ]),
        new("Trusted issuers", TrustedIssuersOptions.Section, typeof(TrustedIssuersOptions),
        [
            new(nameof(TrustedIssuersOptions.TrustedIssuers), "Others whose tokens are good here, too.") { Members = Issuer },
        ]),
    ];

    private static IReadOnlyList<SettingText> Issuer =>
    [
        new(nameof(TrustedIssuerOptions.Issuer), "The iss of its tokens, compared exactly."),
        new(nameof(TrustedIssuerOptions.Name), "What people call it.") { DefaultText = "the host of the issuer" },
        new(nameof(TrustedIssuerOptions.JwksUri), "The address of its JWK set."),
        new(nameof(TrustedIssuerOptions.PublicKey), "Its public key or certificate, a PEM."),
        new(nameof(TrustedIssuerOptions.PublicKeyFile), "The file of its public key or certificate."),
        new(nameof(TrustedIssuerOptions.Secret), "A secret that is shared with it.") { Secrecy = SettingSecrecy.Secret },
        new(nameof(TrustedIssuerOptions.SecretFile), "The file of a secret that is shared with it."),
        new(nameof(TrustedIssuerOptions.Audiences), "Who its tokens must be for."),
        new(nameof(TrustedIssuerOptions.Algorithms), "What it signs with."),
        new(nameof(TrustedIssuerOptions.Types), "The typ headers that its access tokens may have."),
        new(nameof(TrustedIssuerOptions.CacheLifetime), "How long a fetched set is believed without looking again."),
        new(nameof(TrustedIssuerOptions.CoolDown), "How soon it is looked at again for a key that is not in it."),
        new(
            nameof(TrustedIssuerOptions.MaximumStaleness),
            "How long beyond their lifetime its keys stay good while the address fails."),
        new(nameof(TrustedIssuerOptions.AllowPrivateAddresses), "Whether the address may be in our own network."),
    ];
}
