namespace Dashboard.Core.Webhooks.Notices;

/// <summary>Remembers up to which alert webhooks were told.</summary>
internal interface IAlertNoticeStore
{
    /// <summary>The number of the last alert that webhooks were told of; 0 before the first.</summary>
    Task<long> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Goes on to an alert, and never back.</summary>
    Task AdvanceAsync(long number, CancellationToken cancellationToken);
}
