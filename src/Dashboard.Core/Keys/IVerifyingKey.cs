namespace Dashboard.Core.Keys;

/// <summary>A key that says whether a signature is its own, whoever's key it is. It never signs.</summary>
internal interface IVerifyingKey
{
    /// <summary>The <c>kid</c>; null for one that has none.</summary>
    string? KeyId { get; }

    /// <summary>True for an algorithm that this key was made for. The key decides, never a token's header.</summary>
    bool Fits(string? algorithm);

    /// <summary>True only where it <see cref="Fits"/> and made the signature. Never throws.</summary>
    bool Verifies(string? algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}
