namespace Dashboard.Core.Storage;

/// <summary>Tells whether the store can be worked with at this moment.</summary>
public interface IStoreHealth
{
    /// <summary>True where a read and a write both went through; false where one failed. Never throws for a broken store.</summary>
    Task<bool> IsReadyAsync(CancellationToken cancellationToken);
}
