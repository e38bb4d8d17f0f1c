using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Material;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Keys.Making;

/// <summary>Puts keys into the ring beside those that every rotation makes: fresh ones, and such as were made elsewhere.</summary>
public sealed class KeyMaking
{
    private const int LongestKeyId = 128;

    private static readonly SearchValues<char> InKeyIds =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private readonly KeyRing _ring;
    private readonly AccessControl _access;
    private readonly TimeProvider _clock;

    internal KeyMaking(KeyRing ring, AccessControl access, TimeProvider clock) => (_ring, _access, _clock) = (ring, access, clock);

    /// <summary>
    /// Makes a key that signs after the next rotation, in the place of the one that would. A shared secret is in the answer, once.
    /// </summary>
    public Task<KeyCreation> CreateAsync(KeyAlgorithm? algorithm, string? reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageKeys);
        var chosen = algorithm ?? _ring.Algorithms[0];
        if (FaultOf(chosen) is { } fault)
        {
            return Task.FromResult<KeyCreation>(new KeyCreation.Invalid([fault]));
        }

        var key = _ring.NewKey(chosen);
        return AddAsync(
            chosen.IsSymmetric ? key with { SharedAt = key.CreatedAt } : key,
            chosen.IsSymmetric ? Encoding.ASCII.GetString(key.Material.ExportPrivate()) : null,
            new AuditEntry(who, "keys.created", "key", key.KeyId, reason, After: AuditJson.Write(("algorithm", chosen.ToString()))),
            cancellationToken);
    }

    /// <summary>Brings a key here that was made elsewhere, so that what it signed goes on validating.</summary>
    public Task<KeyCreation> ImportAsync(KeyImport import, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageKeys);
        return Read(import, out var faults) is { } key
            ? AddImportedAsync(key, import.Reason, who, cancellationToken)
            : Task.FromResult<KeyCreation>(new KeyCreation.Invalid(faults));
    }

    /// <summary>Says what an import would do; changes nothing.</summary>
    public KeyImportTrial TryImport(KeyImport import) =>
        Read(import, out var faults) is not { } key ? new KeyImportTrial(null, null, new KeyCreation.Invalid(faults))
        : FindKnown(key) is { } known ? new KeyImportTrial(null, null, known)
        : new KeyImportTrial(key.KeyId, WaitingFor(key)?.KeyId, null);

    /// <summary>
    /// Makes a key verify the tokens of a system that was taken over, which name no key. One that the ring has already stays what
    /// it is, and verifies these besides.
    /// </summary>
    /// <param name="import">The key of that system.</param>
    /// <param name="issuer">The <c>iss</c> of its tokens.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task<KeyCreation> TakeOverAsync(KeyImport import, string issuer, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageKeys);
        if (Read(import, out var faults) is not { } read)
        {
            return new KeyCreation.Invalid(faults);
        }

        if (FindSame(read.Material) is not { } known)
        {
            return await AddImportedAsync(read with { Issuer = issuer }, import.Reason, who, cancellationToken);
        }

        if (known.Issuer == issuer)
        {
            return new KeyCreation.Known(known.KeyId, known.State);
        }

        if (known.Issuer is not null)
        {
            return new KeyCreation.Invalid([new FieldFault(KeyReader.Field, $"verifies the tokens of {known.Issuer} already")]);
        }

        var audit = new AuditEntry(
            who, "keys.bound", "key", known.KeyId, import.Reason, After: AuditJson.Write(("issuer", issuer)));
        return await _ring.ApplyAsync([(known.State, known with { Issuer = issuer })], audit, cancellationToken)
            ? new KeyCreation.Known(known.KeyId, known.State)
            : new KeyCreation.Overtaken();
    }

    /// <summary>Adds a key that was read by <see cref="Read"/>.</summary>
    internal Task<KeyCreation> AddImportedAsync(SigningKey key, string? reason, Actor who, CancellationToken cancellationToken) =>
        FindKnown(key) is { } known
            ? Task.FromResult<KeyCreation>(known)
            : AddAsync(
                key,
                null,
                new AuditEntry(
                    who,
                    "keys.imported",
                    "key",
                    key.KeyId,
                    reason,
                    After: AuditJson.Write(("algorithm", key.Algorithm.ToString()), ("state", key.State.ToString()), ("issuer", key.Issuer))),
                cancellationToken);

    /// <summary>The key of the ring that is this very one, whatever it is called; null where there is none.</summary>
    internal SigningKey? FindSame(KeyMaterial material) => _ring.All.FirstOrDefault(key => material is HmacKeyMaterial
        ? key.Material is HmacKeyMaterial && CryptographicOperations.FixedTimeEquals(key.Material.ExportPrivate(), material.ExportPrivate())
        : key.Material.ExportPublic().AsSpan().SequenceEqual(material.ExportPublic()));

    /// <summary>
    /// A kid that the same key always gets, so that one which is imported on two nodes at once is one key. Of a secret it tells no
    /// more than any token does that the secret signed.
    /// </summary>
    internal static string IdOf(KeyMaterial material) => Base64Url.EncodeToString(
        (material.ExportPublic() is { Length: > 0 } publicPart
            ? SHA256.HashData(publicPart)
            : HMACSHA256.HashData(material.ExportPrivate(), "signet imported kid"u8)).AsSpan(0, 16));

    /// <summary>The key that an import means, not yet in the ring; null where it cannot be used.</summary>
    internal SigningKey? Read(KeyImport import, out IReadOnlyList<FieldFault> faults)
    {
        var read = KeyReader.Read(import.Text, import.Algorithm, out var fault);
        var keyId = string.IsNullOrWhiteSpace(import.KeyId) ? read?.KeyId : import.KeyId.Trim();
        var state = import.State is KeyState.Next or KeyState.Previous
            ? null
            : new FieldFault("state", "must be next, to sign after a rotation, or previous, to verify alone");
        FieldFault?[] found =
        [
            fault,
            keyId is null || (keyId.Length <= LongestKeyId && !keyId.AsSpan().ContainsAnyExcept(InKeyIds))
                ? null
                : new FieldFault("kid", $"must have at most {LongestKeyId} letters, digits, dots, hyphens and underscores"),
            state,
            read is not null && import.State is KeyState.Next ? FaultOf(read.Algorithm) : null,
        ];
        faults = [.. found.OfType<FieldFault>()];
        if (faults is not [] || read is null)
        {
            return null;
        }

        var now = _clock.GetUtcNow();
        return new SigningKey(read.Material)
        {
            KeyId = keyId ?? IdOf(read.Material),
            Algorithm = read.Algorithm,
            State = import.State,
            CreatedAt = now,
            PreviousSince = import.State is KeyState.Previous ? now : null,
            SharedAt = read.Algorithm.IsSymmetric ? now : null,
            IsImported = true,
        };
    }

    private async Task<KeyCreation> AddAsync(SigningKey key, string? secret, AuditEntry audit, CancellationToken cancellationToken)
    {
        List<(KeyState? From, SigningKey Key)> changes = [(null, key)];
        if (WaitingFor(key) is { } waiting)
        {
            changes.Insert(0, (KeyState.Next, waiting with { State = KeyState.Retired, RetiredAt = key.CreatedAt }));
        }

        return await _ring.ApplyAsync(changes, audit, cancellationToken)
            ? new KeyCreation.Created(key, secret)
            : FindSame(key.Material) is { } known
                ? new KeyCreation.Known(known.KeyId, known.State)
                : new KeyCreation.Overtaken();
    }

    // This very key, or another one that is called the same.
    private KeyCreation.Known? FindKnown(SigningKey key) =>
        (FindSame(key.Material) ?? _ring.Find(key.KeyId)) is { } known ? new KeyCreation.Known(known.KeyId, known.State) : null;

    // The key whose place it takes.
    private SigningKey? WaitingFor(SigningKey key) => key.State is KeyState.Next ? _ring.NextOf(key.Algorithm) : null;

    private FieldFault? FaultOf(KeyAlgorithm algorithm) => _ring.Algorithms.Contains(algorithm)
        ? null
        : new FieldFault(
            "algorithm",
            $"{algorithm} is not among those that tokens are signed with here ({string.Join(", ", _ring.Algorithms)}); add it to "
            + "Keys:OtherAlgorithms, or import the key as previous, to verify alone");
}

/// <summary>A key to bring here.</summary>
/// <param name="Text">A private key as PEM or JWK, or a shared secret.</param>
/// <param name="Algorithm">How it signs; null for what its kind says.</param>
/// <param name="KeyId">What its tokens call it (<c>kid</c>); null for what the JWK says, or a new one.</param>
/// <param name="State"><see cref="KeyState.Next"/> to sign after a rotation, <see cref="KeyState.Previous"/> to verify alone.</param>
/// <param name="Reason">Why, in the caller's words.</param>
public sealed record KeyImport(string Text, KeyAlgorithm? Algorithm, string? KeyId, KeyState State, string? Reason)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Algorithm} {KeyId} ({State})";
}
