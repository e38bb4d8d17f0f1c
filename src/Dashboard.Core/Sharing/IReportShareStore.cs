using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Sharing;

/// <summary>Keeps shared reports. Every adapter must pass <c>ReportShareStoreContract</c>.</summary>
internal interface IReportShareStore
{
    /// <summary>
    /// Adds a share with its entry of the audit log; false, and nothing changed, where its creator has as many open ones at that
    /// time as they may. Of any number of calls at once no more succeed than there is room for.
    /// </summary>
    Task<bool> AddAsync(ReportShare added, int most, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>The share with this hash, expired or not; null where there is none.</summary>
    Task<ReportShare?> FindAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>The share with this id without its report, expired or not; null where there is none.</summary>
    Task<ReportShare?> FindByIdAsync(string id, CancellationToken cancellationToken);

    /// <summary>Those of somebody, or of everybody, that are open at a time, without their reports; newest first.</summary>
    Task<IReadOnlyList<ReportShare>> ReadOpenAsync(string? createdBy, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes a share with its entry of the audit log; false, and nothing changed, where there is none with this id.</summary>
    Task<bool> EndAsync(string id, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Deletes up to so many that expired before; returns how many went.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken);
}

/// <summary>What stores keep of a share beside its report, which lists do not read. Times are in milliseconds.</summary>
internal sealed record ReportShareRow(
    string Id,
    byte[] Hash,
    string Source,
    string? Reference,
    string? Code,
    string CreatedBy,
    long CreatedAt,
    long ExpiresAt)
{
    public static ReportShareRow Of(ReportShare share) => new(
        share.Id,
        share.Hash,
        share.Source.ToString(),
        share.Reference,
        share.Code,
        share.CreatedBy,
        share.CreatedAt.ToUnixTimeMilliseconds(),
        share.ExpiresAt.ToUnixTimeMilliseconds());

    public ReportShare ToShare(string report = "") => new()
    {
        Id = Id,
        Hash = Hash,
        Source = Enum.Parse<ShareSource>(Source),
        Reference = Reference,
        Code = Code,
        CreatedBy = CreatedBy,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt),
        Report = report,
    };

    /// <summary>Without the hash.</summary>
    public override string ToString() => Id;
}
