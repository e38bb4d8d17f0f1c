using System.Security.Cryptography;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Keys.Protection;

/// <summary>
/// Random keys that Signet keeps for itself, one for each purpose, sealed by the master key. They outlive a change of the
/// master key: that only seals them anew.
/// </summary>
internal sealed class SystemSecrets(ISecretStore store, MasterKeySource source)
{
    private volatile MasterKey? _masterKey;
    private byte[]? _auditKey;
    private byte[]? _fingerprintKey;
    private byte[]? _dataProtectionKey;
    private byte[]? _secondFactorKey;
    private byte[]? _recoveryCodeKey;
    private byte[]? _webhookKey;

    /// <summary>Seals what is kept at rest.</summary>
    public MasterKey MasterKey => _masterKey ?? throw NotLoaded();

    /// <summary>Ties the audit log together.</summary>
    public byte[] AuditKey => _auditKey ?? throw NotLoaded();

    /// <summary>Hashes what is known of a client's browser.</summary>
    public byte[] FingerprintKey => _fingerprintKey ?? throw NotLoaded();

    /// <summary>Encrypts the framework's data protection keys.</summary>
    public byte[] DataProtectionKey => _dataProtectionKey ?? throw NotLoaded();

    /// <summary>Encrypts the seeds of authenticator apps.</summary>
    public byte[] SecondFactorKey => _secondFactorKey ?? throw NotLoaded();

    /// <summary>Hashes recovery codes.</summary>
    public byte[] RecoveryCodeKey => _recoveryCodeKey ?? throw NotLoaded();

    /// <summary>Encrypts what signs messages to webhooks.</summary>
    public byte[] WebhookKey => _webhookKey ?? throw NotLoaded();

    /// <summary>Loads every secret, making those of a new store. Call once, before anything else is served.</summary>
    /// <exception cref="StartupException">The master key is missing or is not the one this store was made with.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var present = source.Load(await store.IsEmptyAsync(cancellationToken));
        try
        {
            await LoadAsync(present, cancellationToken);
        }
        catch (CryptographicException exception)
        {
            await LoadChangedAsync(exception, cancellationToken);
        }
    }

    /// <summary>
    /// Opens what the master key sealed. Where that was changed meanwhile, the new one is read from where it comes from: the
    /// server need not start again where that is a file.
    /// </summary>
    /// <exception cref="CryptographicException">Neither key opens it.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedSecret, string purpose)
    {
        if (MasterKey.IdOf(sealedSecret) is { } id && id != MasterKey.Id)
        {
            Reload();
        }

        return MasterKey.Open(sealedSecret, purpose);
    }

    /// <summary>Reads the master key again.</summary>
    /// <exception cref="CryptographicException">It cannot be read.</exception>
    public void Reload()
    {
        try
        {
            _masterKey = source.Load(storeIsNew: false);
        }
        catch (StartupException exception)
        {
            throw new CryptographicException("The master key cannot be read again.", exception);
        }
    }

    /// <summary>Makes sure that the master key at hand opens the secrets of another store, without changing anything.</summary>
    /// <exception cref="StartupException">The master key is missing or is not the one that store was made with.</exception>
    public static void Check(MasterKeySource source, IReadOnlyList<StoreRow> secrets)
    {
        try
        {
            foreach (var secret in secrets)
            {
                source.Load(storeIsNew: false).Open(secret.Bytes("value"), secret.Text("name"));
            }
        }
        catch (CryptographicException exception)
        {
            throw WrongMasterKey(exception);
        }
    }

    /// <summary>The one message for secrets that the given master key does not open.</summary>
    public static StartupException WrongMasterKey(CryptographicException exception) => new(
        $"The master key does not fit this store: its keys cannot be decrypted. Give the key that it was made with in "
        + $"{MasterKeyOptions.KeySetting} or {MasterKeyOptions.FileSetting}. Nothing was changed.",
        StartupException.WrongSetting,
        exception);

    // A change of the master key was interrupted between the store, which is sealed by the new one, and the file.
    private async Task LoadChangedAsync(CryptographicException exception, CancellationToken cancellationToken)
    {
        if (source.FindNew() is not { } changed)
        {
            throw WrongMasterKey(exception);
        }

        try
        {
            await LoadAsync(changed, cancellationToken);
        }
        catch (CryptographicException)
        {
            throw WrongMasterKey(exception);
        }

        source.CompleteNew();
    }

    private async Task LoadAsync(MasterKey masterKey, CancellationToken cancellationToken)
    {
        _auditKey = await LoadAsync(masterKey, "audit", cancellationToken);
        _fingerprintKey = await LoadAsync(masterKey, "fingerprint", cancellationToken);
        _dataProtectionKey = await LoadAsync(masterKey, "data-protection", cancellationToken);
        _secondFactorKey = await LoadAsync(masterKey, "second-factor", cancellationToken);
        _recoveryCodeKey = await LoadAsync(masterKey, "recovery-code", cancellationToken);
        _webhookKey = await LoadAsync(masterKey, "webhook", cancellationToken);
        _masterKey = masterKey;
    }

    private async Task<byte[]> LoadAsync(MasterKey masterKey, string name, CancellationToken cancellationToken)
    {
        var fresh = masterKey.Seal(RandomNumberGenerator.GetBytes(32), name);
        return masterKey.Open(await store.GetOrAddAsync(name, fresh, cancellationToken), name);
    }

    private static InvalidOperationException NotLoaded() => new("The system secrets were not loaded.");
}
