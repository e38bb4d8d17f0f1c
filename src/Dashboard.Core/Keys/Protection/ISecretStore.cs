namespace Dashboard.Core.Keys.Protection;

/// <summary>Keeps sealed system secrets by name.</summary>
internal interface ISecretStore
{
    /// <summary>True where no secret was ever stored.</summary>
    Task<bool> IsEmptyAsync(CancellationToken cancellationToken);

    /// <summary>Stores the value unless the name has one; returns the one that counts. Atomic.</summary>
    Task<byte[]> GetOrAddAsync(string name, byte[] sealedValue, CancellationToken cancellationToken);
}
