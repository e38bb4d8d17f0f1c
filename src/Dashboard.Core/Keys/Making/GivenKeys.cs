using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys.Making;

/// <summary>
/// Loads the ring with the keys that the settings give: in a new store they sign from the start, in an old one they wait for a
/// rotation. A key that is in the ring, in whatever state, stays as it is: one that was revoked does not come back.
/// </summary>
internal sealed class GivenKeys(
    KeyRing ring, KeyMaking making, IOptions<GivenKeyOptions> options, IOptions<KeyOptions> keys, ILogger<GivenKeys> logger)
{
    private const int MostTries = 10;

    /// <summary>Call once at start.</summary>
    /// <exception cref="StartupException">A setting holds no key that can sign here.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        List<(string Setting, SigningKey Key)> given = [.. Imports().Select(Read)];
        await ring.LoadAsync([.. given.Select(item => item.Key)], cancellationToken);
        foreach (var (setting, key) in given)
        {
            await EnsureAsync(setting, key, cancellationToken);
        }
    }

    private async Task EnsureAsync(string setting, SigningKey given, CancellationToken cancellationToken)
    {
        // Other nodes may change keys at this moment: then it is tried again, with the ring as it is now.
        KeyCreation outcome;
        var tries = 0;
        do
        {
            outcome = await making.AddImportedAsync(given, $"Given by {setting}", Actor.Signet, cancellationToken);
        }
        while (outcome is KeyCreation.Overtaken && ++tries < MostTries);

        switch (outcome)
        {
            case KeyCreation.Created { Key: var key }:
                logger.KeyImported(setting, key.KeyId, key.Algorithm);
                break;
            case KeyCreation.Known known when making.FindSame(given.Material) is null:
                throw new StartupException(
                    $"{setting} holds a key that cannot be brought here: another one has its kid, {known.KeyId}. Give it another by "
                    + $"{GivenKeyOptions.KeyIdSetting}.",
                    StartupException.WrongSetting);
            case KeyCreation.Known { State: KeyState.Retired or KeyState.Revoked } known:
                logger.GivenKeyIsOver(setting, known.KeyId, known.State);
                break;
            case KeyCreation.Overtaken:
                throw new StoreUnavailableException("The keys were changed by others each time.");
        }
    }

    private (string Setting, SigningKey Key) Read((string Setting, KeyImport Import) given) => (
        given.Setting, making.Read(given.Import, out var faults) ?? throw Wrong(given.Setting, faults));

    private IEnumerable<(string Setting, KeyImport Import)> Imports()
    {
        var algorithms = keys.Value.AllAlgorithms;
        if (options.Value.Secret is { Length: > 0 } secret)
        {
            if (algorithms.Contains(KeyAlgorithm.HS256))
            {
                yield return (GivenKeyOptions.SecretSetting, ImportOf(secret, KeyAlgorithm.HS256, null));
            }
            else
            {
                logger.SecretNotUsed(GivenKeyOptions.SecretSetting);
            }
        }

        if (options.Value.PrivateKey is { Length: > 0 } privateKey)
        {
            // An RSA key pads as the settings say; what signs otherwise is refused by its own sentence.
            var padding = algorithms.FirstOrDefault(algorithm => algorithm is KeyAlgorithm.RS256 or KeyAlgorithm.PS256, KeyAlgorithm.RS256);
            var pem = KeyReader.PlainOf(privateKey);
            var isRsa = KeyReader.Read(pem, null, out _)?.Algorithm is KeyAlgorithm.RS256;
            yield return (
                GivenKeyOptions.PrivateKeySetting,
                ImportOf(pem, isRsa ? padding : null, options.Value.KeyId));
        }
    }

    private static KeyImport ImportOf(string text, KeyAlgorithm? algorithm, string? keyId) =>
        new(text, algorithm, keyId, KeyState.Next, null);

    private static StartupException Wrong(string setting, IReadOnlyList<FieldFault> faults) => new(
        string.Join(' ', faults.Select(fault => fault.Field is KeyReader.Field ? $"{setting} {fault.Message}." : $"{setting}: the {fault.Field} {fault.Message}.")),
        StartupException.WrongSetting);
}
