namespace Dashboard.Core.Keys.Protection;

/// <summary>What sealed values are for, bound into them so that no two can be swapped.</summary>
internal static class SealedPurposes
{
    /// <summary>The private part of a signing key.</summary>
    public static string OfKey(string keyId, string algorithm) => $"key:{keyId}:{algorithm}";
}
