using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashboard.Core.Operators.SecondFactors;

/// <summary>How an operator can prove that it is them, beyond the password. Changes as a whole with its operator.</summary>
public sealed record OperatorSecondFactors
{
    /// <summary>Of whoever has none.</summary>
    public static readonly OperatorSecondFactors None = new();

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>The app that makes one-time codes; null where none was set up.</summary>
    public Authenticator? Authenticator { get; init; }

    /// <summary>The hashes of the recovery codes that were not used yet.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];

    public IReadOnlyList<Passkey> Passkeys { get; init; } = [];

    /// <summary>True where there is a factor to ask for. Recovery codes alone are none: they only stand in for one.</summary>
    [JsonIgnore]
    public bool Any => Authenticator is not null || Passkeys.Count > 0;

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    internal static OperatorSecondFactors Parse(string json) =>
        JsonSerializer.Deserialize<OperatorSecondFactors>(json, Json)
        ?? throw new JsonException("The second factors of an operator are null.");

    /// <summary>By what is in the lists, not by which lists they are.</summary>
    public bool Equals(OperatorSecondFactors? other) => other is not null && ToJson() == other.ToJson();

    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    /// <summary>Without what is in it.</summary>
    public override string ToString() => nameof(OperatorSecondFactors);
}

/// <summary>An app that makes one-time codes (RFC 6238).</summary>
/// <param name="SealedSeed">The seed, encrypted with a key of its own.</param>
/// <param name="LastStep">The newest time step whose code was accepted: it and every older one are refused from then on.</param>
/// <param name="Since">When it was set up.</param>
public sealed record Authenticator(string SealedSeed, long LastStep, DateTimeOffset Since)
{
    /// <summary>Without the seed.</summary>
    public override string ToString() => nameof(Authenticator);
}

/// <summary>A credential of the Web Authentication API (WebAuthn level 3), as the framework checks it.</summary>
public sealed record Passkey
{
    public required byte[] CredentialId { get; init; }

    /// <summary>The public key in COSE form.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null where it was not used yet.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The authenticator's counter; a copy that falls behind is noticed by it. 0 where it does not count.</summary>
    public uint SignCount { get; init; }

    public IReadOnlyList<string> Transports { get; init; } = [];

    public bool IsUserVerified { get; init; }

    public bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; init; }

    public byte[] AttestationObject { get; init; } = [];

    public byte[] ClientDataJson { get; init; } = [];

    /// <summary>True where this is the passkey with that id.</summary>
    public bool Is(byte[] credentialId) => CredentialId.AsSpan().SequenceEqual(credentialId);

    /// <summary>The name only.</summary>
    public override string ToString() => Name;
}
