using Dashboard.Core.Primitives;

namespace Dashboard.Core.Storage;

/// <summary>The one store that everything is kept in.</summary>
public interface IStorage
{
    /// <summary>Opens the store for work, making a new one where there is none. Call once, before anything else.</summary>
    /// <exception cref="StartupException">The store cannot be used; it was left as it was.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Opens the store for one command, beside a server that may be at work on it. Makes no new store and changes no format:
    /// only a start does that.
    /// </summary>
    /// <exception cref="StartupException">There is no such store, or it cannot be used; it was left as it was.</exception>
    Task OpenBesideAsync(CancellationToken cancellationToken);
}
