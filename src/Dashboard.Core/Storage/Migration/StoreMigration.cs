using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Migration;

/// <summary>
/// Copies one store into another of the other kind: every table, page by page, and then reads both sides again. The target
/// carries the mark of it until it is finished, so that no node starts on half a store and an interrupted run is continued.
/// For one migration in a process that does nothing else; <c>Storage:Kind</c> must name the target.
/// </summary>
public sealed class StoreMigration
{
    private readonly IReadOnlyList<StoreTable> _tables;
    private readonly IReadOnlyList<IStoreEnd> _ends;
    private readonly IReadOnlyList<SourceCheck> _checks;
    private readonly MigrationRecorder _recorder;
    private readonly ILogger<StoreMigration> _logger;

    private IStoreEnd _source = null!;
    private IStoreEnd _target = null!;
    private string _from = "";

    internal StoreMigration(
        IEnumerable<StoreTable> tables,
        IEnumerable<IStoreEnd> ends,
        IEnumerable<SourceCheck> checks,
        MigrationRecorder recorder,
        ILogger<StoreMigration> logger) =>
        (_tables, _ends, _checks, _recorder, _logger) = ([.. tables], [.. ends], [.. checks], recorder, logger);

    /// <summary>How many rows are read at once, and copied before the mark moves on.</summary>
    internal int PageSize { get; set; } = 1_000;

    /// <summary>Opens both stores and says what there is to do. Call once, before <see cref="RunAsync"/>.</summary>
    /// <param name="from">The kind of store to copy.</param>
    /// <param name="to">The kind of store to fill.</param>
    /// <param name="onlyLooks">Whether nothing may be changed or made; there can be no <see cref="RunAsync"/> then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StartupException">A store cannot be used, or the master key does not open the source.</exception>
    /// <exception cref="StoreUnavailableException">A store failed.</exception>
    public async Task<MigrationPlan> PrepareAsync(string from, string to, bool onlyLooks, CancellationToken cancellationToken)
    {
        (_source, _target) = (EndOf(from), EndOf(to));
        if (!await _source.OpenAsync(onlyLooks ? StoreUse.Look : StoreUse.Source, cancellationToken))
        {
            throw new StartupException(
                $"There is no store to copy: {_source.Place} does not exist. Set {SettingOf(from)} to the store that Signet works on.",
                StartupException.WrongSetting);
        }

        var facts = await _source.ReadFactsAsync(cancellationToken);
        if (MigrationMark.Read(facts) is { } unfinished)
        {
            throw StoreFacts.Unfinished(_source.Place, unfinished.From);
        }

        _from = $"{from}:{facts[StoreFacts.Id]}";
        foreach (var check in _checks)
        {
            var table = _tables.Single(table => table.Name == check.Table).In(from);
            check.Run((await table.ReadAsync(null, PageSize, cancellationToken)).Rows);
        }

        var exists = await _target.OpenAsync(onlyLooks ? StoreUse.Look : StoreUse.Target, cancellationToken);
        var tables = await CountAsync(exists, cancellationToken);
        return new MigrationPlan(
            PlaceOf(_source),
            PlaceOf(_target),
            tables,
            exists ? StateOf(await _target.ReadFactsAsync(cancellationToken), tables) : TargetState.Empty,
            await _source.CountNodesAsync(cancellationToken),
            exists ? await _target.CountNodesAsync(cancellationToken) : 0);
    }

    /// <summary>
    /// Does what is to do, or continues where an interrupted run stopped. Where the result differs, the source changed
    /// meanwhile: the target keeps its mark, and the next run begins anew.
    /// </summary>
    /// <param name="plan">What <see cref="PrepareAsync"/> found.</param>
    /// <param name="clears">Whether what the target holds may be deleted, where it is no unfinished copy of this source.</param>
    /// <param name="who">Who does it, for the audit log.</param>
    /// <param name="progress">Told of every page.</param>
    /// <param name="cancellationToken">Ends it between two pages; the next run continues.</param>
    /// <exception cref="StartupException">The target cannot be used.</exception>
    /// <exception cref="StoreUnavailableException">A store failed; the next run continues.</exception>
    public async Task<MigrationResult> RunAsync(
        MigrationPlan plan, bool clears, string who, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken)
    {
        if (plan.Target is not (TargetState.Empty or TargetState.Unfinished) && !clears)
        {
            throw new InvalidOperationException("The target is not empty.");
        }

        var mark = plan.Target is TargetState.Unfinished && !clears
            ? MigrationMark.Read(await _target.ReadFactsAsync(cancellationToken))!
            : new MigrationMark(_from, plan.Target is TargetState.Empty ? MigrationStep.Copy : MigrationStep.Clear);
        _logger.MigrationStarted(plan.From.Place, plan.To.Place);
        string? keptAt = null;
        if (mark.Step is MigrationStep.Clear)
        {
            keptAt = await ClearAsync(plan, mark, cancellationToken);
            mark = new MigrationMark(_from, MigrationStep.Copy);
        }

        if (mark.Step is MigrationStep.Copy)
        {
            var copying = new StoreCopying(_tables, _source, _target, PageSize);
            await copying.RunAsync(plan, mark, progress, cancellationToken);
        }

        var verified = await VerifyAsync(plan, mark.Step, progress, cancellationToken);
        var result = new MigrationResult(verified, keptAt);
        await FinishAsync(plan, result, mark.Step, who, cancellationToken);
        return result;
    }

    private async Task<string?> ClearAsync(MigrationPlan plan, MigrationMark mark, CancellationToken cancellationToken)
    {
        // A file is put aside whole and needs no mark; what is deleted bit by bit does, before the first bit goes.
        var keepsOld = plan.Target is TargetState.Full or TargetState.Copied;
        if (!keepsOld || _target.Kind is StorageOptions.RedisKind)
        {
            await _target.WriteFactsAsync(mark.Write(), cancellationToken);
        }

        return await _target.ClearAsync(keepsOld, cancellationToken);
    }

    private async Task<List<VerifiedTable>> VerifyAsync(
        MigrationPlan plan, MigrationStep step, IProgress<MigrationProgress>? progress, CancellationToken cancellationToken)
    {
        List<VerifiedTable> verified = [];
        foreach (var (table, planned) in _tables.Zip(plan.Tables).Where(pair => IsToVerify(pair.First, step)))
        {
            var sides = await Task.WhenAll(
                TableDigest.OfAsync(table.In(_source.Kind), PageSize, Report, cancellationToken),
                TableDigest.OfAsync(table.In(_target.Kind), PageSize, null, cancellationToken));
            var row = new VerifiedTable(table.Name, sides[0].Rows, sides[0].Hash, sides[1].Rows, sides[1].Hash);
            verified.Add(row);
            if (!row.IsEqual)
            {
                _logger.TableDiffers(row.Name, row.SourceRows, row.TargetRows);
            }

            void Report(long done) => progress?.Report(new MigrationProgress(true, planned.Name, done, planned.SourceRows));
        }

        return verified;
    }

    // Found equal before; from then on the target may have the entry about it besides.
    private bool IsToVerify(StoreTable table, MigrationStep step) =>
        step is not MigrationStep.Record || table.Name != _recorder.Table;

    private async Task FinishAsync(
        MigrationPlan plan, MigrationResult result, MigrationStep step, string who, CancellationToken cancellationToken)
    {
        if (!result.IsEqual)
        {
            await _target.WriteFactsAsync(new MigrationMark(_from, MigrationStep.Clear).Write(), cancellationToken);
            return;
        }

        await _target.WriteFactsAsync(new MigrationMark(_from, MigrationStep.Record).Write(), cancellationToken);
        var recorded = plan.Tables.Single(table => table.Name == _recorder.Table);
        if (step is not MigrationStep.Record || recorded.TargetRows == recorded.SourceRows)
        {
            var facts = await _target.ReadFactsAsync(cancellationToken);
            await _recorder.WriteAsync(
                who,
                new MigrationSummary(_from, facts[StoreFacts.Id], [.. result.Tables.Select(table => (table.Name, table.SourceRows))]),
                cancellationToken);
        }

        await _target.WriteFactsAsync(MigrationMark.Finished(_from), cancellationToken);
        _logger.MigrationFinished(_target.Place, result.Tables.Sum(table => table.SourceRows));
    }

    private async Task<List<PlannedTable>> CountAsync(bool targetExists, CancellationToken cancellationToken)
    {
        List<PlannedTable> tables = [];
        foreach (var table in _tables)
        {
            tables.Add(new PlannedTable(
                table.Name,
                await table.In(_source.Kind).CountAsync(cancellationToken),
                targetExists ? await table.In(_target.Kind).CountAsync(cancellationToken) : 0));
        }

        return tables;
    }

    private TargetState StateOf(IReadOnlyDictionary<string, string> facts, List<PlannedTable> tables) => MigrationMark.Read(facts) switch
    {
        { } mark when mark.From == _from => TargetState.Unfinished,
        not null => TargetState.UnfinishedOther,
        _ when tables.TrueForAll(table => table.TargetRows == 0) => TargetState.Empty,
        _ when facts.GetValueOrDefault(StoreFacts.MigratedFrom) == _from => TargetState.Copied,
        _ => TargetState.Full,
    };

    private IStoreEnd EndOf(string kind) => _ends.Single(end => end.Kind == kind);

    private static MigrationPlace PlaceOf(IStoreEnd end) => new(end.Kind, end.Place);

    private static string SettingOf(string kind) =>
        kind is StorageOptions.RedisKind ? $"{StorageOptions.Section}:RedisPrefix" : $"{SignetOptions.Section}:DataFolder";
}
