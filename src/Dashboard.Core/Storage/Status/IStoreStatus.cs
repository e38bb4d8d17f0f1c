using Dashboard.Core.Primitives;

namespace Dashboard.Core.Storage.Status;

/// <summary>Tells of the store what whoever looks after it wants to know. Every adapter must pass <c>StoreStatusContract</c>.</summary>
internal interface IStoreStatus
{
    /// <summary>As it is now.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    Task<StoreStatus> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>The store as it is.</summary>
/// <param name="Kind">As the settings name it.</param>
/// <param name="Place">Where it is, without what opens it.</param>
/// <param name="Format">The number of its format.</param>
/// <param name="NewestFormat">The one that this program writes.</param>
/// <param name="Bytes">How large it is; null where it does not say.</param>
/// <param name="Nodes">How many nodes, commands at work among them, hear its news; null where only one can.</param>
/// <param name="Facts">More about it, in the order in which it is told.</param>
public sealed record StoreStatus(
    string Kind, string Place, int Format, int NewestFormat, long? Bytes, long? Nodes, IReadOnlyList<StoreFact> Facts);

/// <summary>One thing about a store.</summary>
/// <param name="Name">Its stable name, for the API.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Value">The thing.</param>
public sealed record StoreFact(string Name, string Label, string Value);
