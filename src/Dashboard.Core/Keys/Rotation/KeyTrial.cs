namespace Dashboard.Core.Keys.Rotation;

/// <summary>What a rotation would do.</summary>
/// <param name="CurrentKeyId">The key that would sign from then on; null where there is none.</param>
/// <param name="OldKeyId">The key that signs now; null where none does.</param>
/// <param name="OldState">What would become of it.</param>
/// <param name="Usage">What it has signed; nothing where none signs.</param>
/// <param name="Refusal">Why it would be refused; null where it would succeed.</param>
public sealed record KeyRotationTrial(
    string? CurrentKeyId, string? OldKeyId, KeyState OldState, KeyUsage Usage, KeyRotationOutcome? Refusal);

/// <summary>What a retirement would do.</summary>
/// <param name="Usage">What the key has signed.</param>
/// <param name="Refusal">Why it would be refused; null where it would succeed.</param>
public sealed record KeyRetirementTrial(KeyUsage Usage, KeyRetirementOutcome? Refusal);

/// <summary>What the revocation of a key would do.</summary>
/// <param name="Usage">What the key has signed.</param>
/// <param name="Refusal">Why nothing would be done; null where it would succeed.</param>
public sealed record KeyRevocationTrial(KeyUsage Usage, KeyRevocationOutcome? Refusal);

/// <summary>What an import would do.</summary>
/// <param name="KeyId">What the key would be called; null where it would be refused.</param>
/// <param name="DroppedKeyId">The next key of now whose place it would take; null where it would take none.</param>
/// <param name="Refusal">Why it would be refused; null where it would succeed.</param>
public sealed record KeyImportTrial(string? KeyId, string? DroppedKeyId, KeyCreation? Refusal);
