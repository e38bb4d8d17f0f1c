using Dashboard.Core.Primitives;

namespace Dashboard.Core.Storage.Leadership;

/// <summary>Keeps which node leads, and until when.</summary>
internal interface ILeaseStore
{
    /// <summary>
    /// Takes the lease where nobody holds it at this time, and prolongs it where this node does. Returns the term, which is
    /// a new one for a new holder; null where another node holds the lease. Atomic.
    /// </summary>
    Task<Term?> HoldAsync(string node, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Who held the lease last, though its time may be over; null where nobody did, or it was given up.</summary>
    Task<LeaseHolder?> FindAsync(CancellationToken cancellationToken);

    /// <summary>Gives the lease up where this node holds it, so that another need not wait for its end.</summary>
    Task ReleaseAsync(string node, CancellationToken cancellationToken);
}
