using Dashboard.Core.Backups.Format;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>Writes the rows of a backup to a store. In front of every table the store's mark moves on.</summary>
internal sealed class StoreFilling(IReadOnlyList<StoreTable> tables, IStoreEnd target, RestoredRows rows, int pageSize)
{
    private readonly List<StoreRow> _page = [];
    private bool _isReached;
    private readonly List<(string Name, TableDigest Digest)> _written = [];

    /// <summary>What should be in the store behind it.</summary>
    public IReadOnlyList<BackedUpTable> Written =>
        [.. _written.Select(table => new BackedUpTable(table.Name, table.Digest.Rows, table.Digest.Hash))];

    /// <summary>Writes what lies behind the mark.</summary>
    /// <exception cref="BackupRefusedException">The file is not what it was when it was checked.</exception>
    public async Task RunAsync(
        BackupReader source, MigrationMark mark, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        _isReached = mark is { Step: MigrationStep.Copy, Table: null };
        foreach (var (name, row) in source.ReadRows())
        {
            if (row is null)
            {
                await EndTableAsync(progress, cancellationToken);
                await BeginTableAsync(name, mark, cancellationToken);
            }
            else if (rows.Of(name, row) is { } written)
            {
                await AddAsync(name, written, progress, cancellationToken);
            }
        }

        await EndTableAsync(progress, cancellationToken);
    }

    private async Task BeginTableAsync(string name, MigrationMark mark, CancellationToken cancellationToken)
    {
        _written.Add((name, new TableDigest()));
        _isReached = _isReached || (mark.Step is MigrationStep.Copy && name == mark.Table);
        if (_isReached)
        {
            await target.WriteFactsAsync((mark with { Table = name }).Write(), cancellationToken);
        }
    }

    private async Task EndTableAsync(IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        if (_written is [.., var (name, _)])
        {
            foreach (var row in rows.NewOf(name))
            {
                await AddAsync(name, row, progress, cancellationToken);
            }
        }

        await WriteAsync(progress, cancellationToken);
    }

    // What lies before the mark is not written again, but compared in the end like everything else.
    private async Task AddAsync(string name, StoreRow row, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        _written[^1].Digest.Add(rows.Compared(name, row));
        if (_isReached)
        {
            _page.Add(row);
        }

        if (_page.Count == pageSize)
        {
            await WriteAsync(progress, cancellationToken);
        }
    }

    private async Task WriteAsync(IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        if (_page is [])
        {
            return;
        }

        var (name, digest) = _written[^1];
        await tables.Single(table => table.Name == name).In(target.Kind).ImportAsync(_page, cancellationToken);
        _page.Clear();
        progress?.Report(new BackupProgress(BackupStep.Restoring, name, digest.Rows));
    }
}
