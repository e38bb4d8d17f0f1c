using Dashboard.Core.Audit;
using Dashboard.Core.Backups.Format;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Backups;

/// <summary>
/// Fills the configured store from a backup. The store carries the mark of it until it is finished, so that no node starts on
/// half a store and an interrupted run is continued. For one restore in a process that does nothing else.
/// </summary>
public sealed class StoreRestore
{
    // The clocks of nodes differ by less.
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    private readonly IReadOnlyList<StoreTable> _tables;
    private readonly IStoreEnd _target;
    private readonly BackupCheck _check;
    private readonly IReadOnlyList<SealedColumn> _sealed;
    private readonly IReadOnlyList<EndedByRestore> _ended;
    private readonly IReadOnlyList<CarriedOver> _carried;
    private readonly ReplacedStore _replaced;
    private readonly MasterKeySource _masterKeys;
    private readonly RestoreEnding _ending;
    private readonly TimeProvider _clock;
    private readonly ILogger<StoreRestore> _logger;

    internal StoreRestore(
        IEnumerable<StoreTable> tables,
        IStoreEnd target,
        BackupCheck check,
        IEnumerable<SealedColumn> sealedColumns,
        IEnumerable<EndedByRestore> ended,
        IEnumerable<CarriedOver> carried,
        ReplacedStore replaced,
        MasterKeySource masterKeys,
        RestoreEnding ending,
        TimeProvider clock,
        ILogger<StoreRestore> logger) =>
        (_tables, _target, _check, _sealed, _ended, _carried, _replaced, _masterKeys, _ending, _clock, _logger) =
        ([.. tables], target, check, [.. sealedColumns], [.. ended], [.. carried], replaced, masterKeys, ending, clock, logger);

    /// <summary>How many rows are written at once.</summary>
    internal int PageSize { get; set; } = 1_000;

    /// <summary>Proves the backup, opens the store and says what there is to do. Call once, before <see cref="RunAsync"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What opens it.</param>
    /// <param name="onlyLooks">Whether nothing may be changed or made; there can be no <see cref="RunAsync"/> then.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="BackupRefusedException">The backup cannot be restored.</exception>
    /// <exception cref="StartupException">The store cannot be used, or a server works on it.</exception>
    /// <exception cref="StoreUnavailableException">The store failed.</exception>
    public async Task<RestorePlan> PrepareAsync(
        string path, IBackupKey key, bool onlyLooks, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var backup = _check.Run(path, key, progress, cancellationToken);
        var place = new MigrationPlace(_target.Kind, _target.Place);
        if (!await _target.OpenAsync(onlyLooks ? StoreUse.Look : StoreUse.Target, cancellationToken))
        {
            return new RestorePlan(path, backup, place, TargetState.Empty, 0, 0, Replaced.Nothing, null) { Key = key };
        }

        var rows = 0L;
        foreach (var table in _tables)
        {
            rows += await table.In(_target.Kind).CountAsync(cancellationToken);
        }

        var facts = await _target.ReadFactsAsync(cancellationToken);
        var state = StateOf(facts, FromOf(backup), rows);
        var replaces = state switch
        {
            TargetState.Unfinished when RestoreTerms.Read(facts)?.CarriedFrom is not null => Replaced.LaterStore,
            TargetState.Full or TargetState.Copied => await _replaced.LookAsync(backup, cancellationToken),
            _ => Replaced.Nothing,
        };
        return new RestorePlan(
            path,
            backup,
            place,
            state,
            rows,
            await _target.CountNodesAsync(cancellationToken),
            replaces,
            RestoreTerms.Read(facts)?.KeepsTokens)
        {
            Key = key,
        };
    }

    /// <summary>
    /// Does what is to do, or continues where an interrupted run stopped. Where the result differs the store keeps its mark, and
    /// the next run begins anew.
    /// </summary>
    /// <param name="plan">What <see cref="PrepareAsync"/> found.</param>
    /// <param name="request">What may be deleted, and what stays good.</param>
    /// <param name="who">Who does it, for the audit log.</param>
    /// <param name="progress">Told of every page.</param>
    /// <param name="cancellationToken">Ends it between two pages; the next run continues.</param>
    /// <exception cref="BackupRefusedException">The file is not what it was when it was checked.</exception>
    /// <exception cref="StartupException">There is no master key to seal the store by.</exception>
    /// <exception cref="StoreUnavailableException">The store failed; the next run continues.</exception>
    public async Task<RestoreResult> RunAsync(
        RestorePlan plan, RestoreRequest request, Actor who, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        if (plan.Target is not (TargetState.Empty or TargetState.Unfinished) && !request.Clears)
        {
            throw new InvalidOperationException("The target is not empty.");
        }

        // Before anything is deleted: without it nothing could be written.
        var masterKey = _masterKeys.Load(storeIsNew: true);
        var (mark, terms) = await BeginAsync(plan, request, progress, cancellationToken);
        _logger.RestoreStarted(plan.Backup.Header.Id, plan.To.Place);
        string? keptAt = null;
        if (mark.Step is MigrationStep.Clear)
        {
            keptAt = await ClearAsync(plan, mark, terms, cancellationToken);
            mark = new MigrationMark(mark.From, MigrationStep.Copy);
        }

        await MarkAsync(mark, terms, cancellationToken);
        var verified = await FillAsync(plan, mark, terms, masterKey, progress, cancellationToken);
        var result = new RestoreResult(verified, keptAt, terms.CarriedFrom);
        if (!result.IsEqual)
        {
            await MarkAsync(new MigrationMark(mark.From, MigrationStep.Clear), terms, cancellationToken);
            return result;
        }

        await MarkAsync(new MigrationMark(mark.From, MigrationStep.Record), terms, cancellationToken);
        await _ending.RunAsync(plan, terms, who, cancellationToken);
        await _target.WriteFactsAsync(FinishedBy(plan.Backup, mark.From), cancellationToken);
        _logger.RestoreFinished(plan.Backup.Header.Id, plan.To.Place, plan.Backup.Rows);
        return result;
    }

    /// <summary>Where it begins, and by which terms. What the store knows that is replaced is kept before it goes.</summary>
    private async Task<(MigrationMark Mark, RestoreTerms Terms)> BeginAsync(
        RestorePlan plan, RestoreRequest request, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var facts = await _target.ReadFactsAsync(cancellationToken);
        var begun = plan.Target is TargetState.Unfinished ? RestoreTerms.Read(facts) : null;
        if (begun is not null && !request.Clears)
        {
            return (MigrationMark.Read(facts)!, begun);
        }

        // Begun anew, it still knows what the store knew that it replaced: that store is gone.
        var terms = NewTerms(request.KeepsTokens, begun?.CarriedFrom);
        if (terms.CarriedFrom is null && plan.Replaces is Replaced.LaterStore)
        {
            terms = terms with { CarriedFrom = await _replaced.KeepAsync(plan.Key, terms.At, progress, cancellationToken) };
        }

        var step = plan.Target is TargetState.Empty ? MigrationStep.Copy : MigrationStep.Clear;
        return (new MigrationMark(FromOf(plan.Backup), step), terms);
    }

    private RestoreTerms NewTerms(bool keepsTokens, string? carriedFrom)
    {
        var now = _clock.GetUtcNow().CutToMilliseconds();
        return new RestoreTerms(now, keepsTokens, Guid.CreateVersion7(now).ToString("N"), carriedFrom);
    }

    private async Task<List<VerifiedTable>> FillAsync(
        RestorePlan plan,
        MigrationMark mark,
        RestoreTerms terms,
        MasterKey masterKey,
        IProgress<BackupProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var reader = BackupReader.Open(plan.Path, plan.Key);
        if (reader.Header.Id != plan.Backup.Header.Id)
        {
            throw BackupRefusedException.Damaged("it was replaced by another one while it was read.");
        }

        var carried = Carry(plan, terms, cancellationToken);
        List<MasterKey> keys = [new MasterKey(reader.Opening.MasterKey), masterKey, .. carried.MasterKey is [] ? [] : new[] { new MasterKey(carried.MasterKey) }];
        var rows = new RestoredRows(_ended, carried, new SealedValues(_sealed, keys), masterKey, terms);
        var filling = new StoreFilling(_tables, _target, rows, PageSize);
        await filling.RunAsync(reader, mark, progress, cancellationToken);
        List<VerifiedTable> verified = [];
        foreach (var written in filling.Written.Where(table => IsToVerify(table, mark)))
        {
            var found = await TableDigest.OfAsync(
                _tables.Single(table => table.Name == written.Name).In(_target.Kind),
                PageSize,
                done => progress?.Report(new BackupProgress(BackupStep.Comparing, written.Name, done)),
                cancellationToken,
                row => rows.Compared(written.Name, row));
            var table = new VerifiedTable(written.Name, written.Rows, written.Hash, found.Rows, found.Hash);
            verified.Add(table);
            if (!table.IsEqual)
            {
                _logger.RestoredTableDiffers(table.Name, table.SourceRows, table.TargetRows);
            }
        }

        return verified;
    }

    private CarriedRows Carry(RestorePlan plan, RestoreTerms terms, CancellationToken cancellationToken) =>
        terms.CarriedFrom is { } path
            ? CarriedRows.Read(
                path,
                plan.Key,
                _carried,
                new BackedUpSince(plan.Backup.Header.CreatedAt - Skew, plan.Backup.AuditNumber),
                cancellationToken)
            : CarriedRows.None;

    // Found equal before; from then on they may have what the restore ends with besides.
    private static bool IsToVerify(BackedUpTable table, MigrationMark mark) =>
        mark.Step is not MigrationStep.Record || table.Name is not (BackupOrder.Audit or RestoreEnding.Revocations);

    private async Task<string?> ClearAsync(
        RestorePlan plan, MigrationMark mark, RestoreTerms terms, CancellationToken cancellationToken)
    {
        // A file is put aside whole and needs no mark; what is deleted bit by bit does, before the first bit goes.
        var keepsOld = plan.Target is TargetState.Full or TargetState.Copied;
        if (!keepsOld || _target.Kind is StorageOptions.RedisKind)
        {
            await MarkAsync(mark, terms, cancellationToken);
        }

        return await _target.ClearAsync(keepsOld, cancellationToken);
    }

    private Task MarkAsync(MigrationMark mark, RestoreTerms terms, CancellationToken cancellationToken) =>
        _target.WriteFactsAsync(
            new Dictionary<string, string?>(mark.Write(), StringComparer.Ordinal) { [StoreFacts.Restoring] = terms.Write() },
            cancellationToken);

    private static Dictionary<string, string?> FinishedBy(BackupContents backup, string from) =>
        new(MigrationMark.Finished(from), StringComparer.Ordinal)
        {
            [StoreFacts.Restoring] = null,
            [StoreFacts.BackedUpAt] = BackupReminder.Write(backup.Header.CreatedAt),
        };

    private static string FromOf(BackupContents backup) => StoreFacts.FromBackup + backup.Header.Id;

    private static TargetState StateOf(IReadOnlyDictionary<string, string> facts, string from, long rows) =>
        MigrationMark.Read(facts) switch
        {
            { } mark when mark.From == from => TargetState.Unfinished,
            not null => TargetState.UnfinishedOther,
            _ when rows == 0 => TargetState.Empty,
            _ when facts.GetValueOrDefault(StoreFacts.MigratedFrom) == from => TargetState.Copied,
            _ => TargetState.Full,
        };
}
