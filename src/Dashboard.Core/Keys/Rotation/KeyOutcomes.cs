namespace Dashboard.Core.Keys.Rotation;

/// <summary>What became of a rotation.</summary>
public abstract record KeyRotationOutcome
{
    private KeyRotationOutcome()
    {
    }

    /// <summary>Done. <paramref name="OldKeyId"/> is null where no key of this algorithm had signed before.</summary>
    public sealed record Rotated(string CurrentKeyId, string? OldKeyId) : KeyRotationOutcome;

    /// <summary>The next key is not known to every verifier before <paramref name="ReadyAt"/>.</summary>
    public sealed record TooYoung(string KeyId, DateTimeOffset ReadyAt) : KeyRotationOutcome;

    /// <summary>The next secret was never shown to anybody: whoever verifies by themselves would refuse what it signs.</summary>
    public sealed record NotShared(string KeyId) : KeyRotationOutcome;

    /// <summary>There are no keys of this algorithm.</summary>
    public sealed record Unknown(KeyAlgorithm Algorithm) : KeyRotationOutcome;

    /// <summary>Somebody else rotated at the same moment; nothing was done twice.</summary>
    public sealed record Overtaken : KeyRotationOutcome;
}

/// <summary>What became of a retirement.</summary>
public abstract record KeyRetirementOutcome
{
    private KeyRetirementOutcome()
    {
    }

    public sealed record Retired(DateTimeOffset At) : KeyRetirementOutcome;

    public sealed record StillNeeded(DateTimeOffset Until, long LiveTokens, bool IsCapped) : KeyRetirementOutcome;

    public sealed record WrongState(KeyState State) : KeyRetirementOutcome;

    public sealed record Unknown : KeyRetirementOutcome;
}

/// <summary>What became of the revocation of a key.</summary>
public abstract record KeyRevocationOutcome
{
    private KeyRevocationOutcome()
    {
    }

    public sealed record Revoked(DateTimeOffset At) : KeyRevocationOutcome;

    /// <summary>It was revoked before; nothing was done twice.</summary>
    public sealed record Already(DateTimeOffset At) : KeyRevocationOutcome;

    /// <summary>A key that signs is revoked by a rotation, and one that is retired already verifies nothing.</summary>
    public sealed record WrongState(KeyState State) : KeyRevocationOutcome;

    public sealed record Unknown : KeyRevocationOutcome;
}

/// <summary>What became of a key that was made or brought here.</summary>
public abstract record KeyCreation
{
    private KeyCreation()
    {
    }

    /// <summary>It is in the ring.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Secret">The shared secret, to be shown once; null for a pair, and for a secret that the caller gave.</param>
    public sealed record Created(SigningKey Key, string? Secret) : KeyCreation
    {
        /// <summary>Without the secret.</summary>
        public override string ToString() => Key.ToString();
    }

    /// <summary>Nothing was made; every fault is named with the field it is in.</summary>
    public sealed record Invalid(IReadOnlyList<Primitives.FieldFault> Faults) : KeyCreation;

    /// <summary>The ring holds this very key already, or another one with this <c>kid</c>.</summary>
    public sealed record Known(string KeyId, KeyState State) : KeyCreation;

    /// <summary>Somebody else changed the ring at the same moment; nothing was done.</summary>
    public sealed record Overtaken : KeyCreation;
}
