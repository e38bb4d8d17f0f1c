using System.Globalization;
using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Inspection;

namespace Dashboard.Core.Sharing;

/// <summary>
/// Shares redacted reports with colleagues who are logged in, for a while. Every making, opening and ending is in the audit log
/// under the share's id; the secret of the link is nowhere.
/// </summary>
public sealed class ReportShares
{
    /// <summary>How many reports anybody may share at a time.</summary>
    public const int MostOpen = 100;

    private const int MostListed = 1_000;
    private const int LongestSecret = 100;
    private const string ObjectKind = "report_share";

    /// <summary>For how long a report can be shared.</summary>
    public static readonly IReadOnlyList<TimeSpan> Lifetimes = [TimeSpan.FromHours(1), DefaultLifetime, TimeSpan.FromDays(7)];

    /// <summary>For how long where nobody says otherwise.</summary>
    public static TimeSpan DefaultLifetime => TimeSpan.FromHours(24);

    private readonly IReportShareStore _store;
    private readonly AuditLog _audit;
    private readonly AccessControl _access;
    private readonly ClaimMask _mask;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;

    internal ReportShares(
        IReportShareStore store, AuditLog audit, AccessControl access, ClaimMask mask, IChangeFeed feed, TimeProvider clock) =>
        (_store, _audit, _access, _mask, _feed, _clock) = (store, audit, access, mask, feed, clock);

    /// <summary>Shares a report, redacted here.</summary>
    /// <param name="report">What to share.</param>
    /// <param name="reference">The <c>req_…</c> of the refusal; null for a report of the inspector.</param>
    /// <param name="lifetime">One of <see cref="Lifetimes"/>.</param>
    /// <param name="who">Who shares it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is another one: callers offer these alone.</exception>
    public async Task<ShareOutcome> ShareAsync(
        SharedReport report, string? reference, TimeSpan lifetime, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ReadTokens);
        if (!Lifetimes.Contains(lifetime))
        {
            throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, "Reports are not shared for as long as that.");
        }

        var secret = Identifiers.NewSecret();
        var hash = ReportShare.HashOf(secret);
        var now = _clock.GetUtcNow().CutToMilliseconds();
        var added = new ReportShare
        {
            Id = ReportShare.IdOf(hash),
            Hash = hash,
            Source = reference is null ? ShareSource.Inspector : ShareSource.Failure,
            Reference = reference,
            Code = report.Report.Code,
            CreatedBy = who.Name,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
            Report = JsonSerializer.Serialize(report with { Report = RedactedReport.Of(report.Report, _mask) }, ReportJson.Options),
        };
        var audit = new AuditEntry(who, "report_share.created", ObjectKind, added.Id, After: Describe(added));
        if (!await _store.AddAsync(added, MostOpen, audit, cancellationToken))
        {
            return new ShareOutcome.TooMany(MostOpen);
        }

        await TellAsync(added.Id);
        return new ShareOutcome.Made(added with { Report = "" }, secret);
    }

    /// <summary>
    /// What a link leads to, recorded before it is given; null where there is nothing: mistyped, expired, ended, all the same.
    /// </summary>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<OpenedShare?> OpenAsync(string secret, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ReadTokens);
        if (secret.Length > LongestSecret
            || await _store.FindAsync(ReportShare.HashOf(secret), cancellationToken) is not { } found
            || found.ExpiresAt <= _clock.GetUtcNow()
            || Read(found) is not { } report)
        {
            return null;
        }

        await _audit.RecordReadAsync(new AuditEntry(who, "report_share.opened", ObjectKind, found.Id), cancellationToken);

        // Claims may have been told to be hidden since.
        return new OpenedShare(
            found with { Report = "" }, report with { Report = report.Report.MaskedFor(null, _mask) });
    }

    /// <summary>What is shared now, newest first: by anybody for administrators, and else by whoever asks.</summary>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public Task<IReadOnlyList<ReportShare>> ListAsync(Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ReadTokens);
        var isForAll = _access.Check(who, Right.ManageShares) is null;
        return _store.ReadOpenAsync(isForAll ? null : who.Name, _clock.GetUtcNow(), MostListed, cancellationToken);
    }

    /// <summary>Ends a share early. False where there is none with this id, and where it is somebody else's, who alone knows of it.</summary>
    /// <exception cref="AccessRefusedException">They may share nothing themselves.</exception>
    public async Task<bool> EndAsync(string id, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ReadTokens);
        if (await _store.FindByIdAsync(id, cancellationToken) is not { } found
            || (found.CreatedBy != who.Name && _access.Check(who, Right.ManageShares) is not null))
        {
            return false;
        }

        var audit = new AuditEntry(who, "report_share.ended", ObjectKind, id, Before: Describe(found));
        if (!await _store.EndAsync(id, audit, cancellationToken))
        {
            return false;
        }

        await TellAsync(id);
        return true;
    }

    // A report of another version of Signet that cannot be read is as good as gone.
    private static SharedReport? Read(ReportShare share)
    {
        try
        {
            return JsonSerializer.Deserialize<SharedReport>(share.Report, ReportJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Describe(ReportShare share) => AuditJson.Write(
        ("source", share.Source.ToString().ToLowerInvariant()),
        ("reference", share.Reference),
        ("code", share.Code),
        ("created_by", share.CreatedBy),
        ("expires_at", share.ExpiresAt.ToString("O", CultureInfo.InvariantCulture)));

    private Task TellAsync(string id) => _feed.TellAsync(new Change(ChangeKind.Shares, id), new Change(ChangeKind.Audit, null));
}
