using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Audit.Redis;

/// <summary>
/// The audit log in Redis. Other features' adapters change through <see cref="ChangeAsync"/>, so that a change and its
/// entry are written by one script: the one place where an adapter knows another feature's.
/// </summary>
/// <remarks>
/// The server cannot compute the chain's hash, so the entry is made here, for the head that this node believes in. Where
/// another node was faster the script changes nothing and tells the true head, and the entry is made again.
/// </remarks>
internal sealed class RedisAuditStore(RedisDatabase database, AuditChain chain, TimeProvider clock) : IAuditStore, IDisposable
{
    private readonly RedisAuditReader _reader = new(database);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private AuditTail _tail = AuditTail.Empty;

    /// <summary>
    /// Runs a change and adds its audit entry, both or neither. <paramref name="body"/> is the inside of a Lua function over
    /// its own <c>keys</c> and <c>args</c>: it calls <c>audit()</c> where it changes something, and returns what happened,
    /// but not nil.
    /// </summary>
    public async Task<RedisResult> ChangeAsync(
        string body, RedisKey[] keys, RedisValue[] arguments, AuditEntry entry, CancellationToken cancellationToken)
    {
        // However many wait for their turn, and however often the head moves on: nobody waits longer than one call may take.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(database.Timeout);
        try
        {
            return await ChangeInTurnAsync(RedisAuditScripts.Around(body), keys, arguments, entry, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException("The changes before this one take too long.");
        }
    }

    public async Task<AuditRecord> AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var number = (long)await ChangeAsync("audit() return tonumber(number)", [], [], entry, cancellationToken);
        return (await ReadAsync(number, 1, cancellationToken))[0];
    }

    /// <summary>
    /// Adds entries of another store's log as they are, in their order; those that are there already are passed over. Whether
    /// they follow from each other is for a verification to say: a broken chain stays as broken as it was.
    /// </summary>
    public async Task ImportAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        var head = await ReadHeadAsync(cancellationToken);
        var missing = records.SkipWhile(record => record.Number <= head.Number).ToList();
        var before = missing.Take(missing.Count - 1).Select(record => record.Hash).Prepend(head.Hash);

        // Sent one after the other without waiting, and run in that order.
        var answers = await Task.WhenAll(missing.Zip(before).Select(pair => database.EvaluateAsync(
            RedisAuditScripts.Around("audit() return 1"),
            KeysOf(pair.First.Entry),
            [pair.Second, .. ArgumentsOf(pair.First)[1..]],
            cancellationToken)));
        if (Array.Exists(answers, static answer => (string)((RedisResult[])answer)[0] is "stale"))
        {
            throw new StoreUnavailableException("The audit log changed while entries were added.");
        }
    }

    public Task<IReadOnlyList<AuditRecord>> FindAsync(
        AuditWay? way, AuditRange range, int limit, CancellationToken cancellationToken) =>
        _reader.FindAsync(way, range, limit, cancellationToken);

    public Task<long> CountAsync(AuditWay? way, AuditRange range, int most, CancellationToken cancellationToken) =>
        _reader.CountAsync(way, range, most, cancellationToken);

    public Task<IReadOnlyList<AuditRecord>> ReadAsync(long firstNumber, int limit, CancellationToken cancellationToken) =>
        _reader.ReadFromAsync(firstNumber, limit, cancellationToken);

    public async Task<AuditRecord?> FindNewestAsync(CancellationToken cancellationToken) =>
        await ReadHeadAsync(cancellationToken) is { Number: > 0 and var number }
        && await ReadAsync(number, 1, cancellationToken) is [var newest]
            ? newest
            : null;

    public Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken) => _reader.ReadHeadAsync(cancellationToken);

    public Task<AuditTerms> ReadTermsAsync(CancellationToken cancellationToken) => _reader.ReadTermsAsync(cancellationToken);

    public void Dispose() => _turn.Dispose();

    // One at a time on this node, or its own changes would make each other start again.
    private async Task<RedisResult> ChangeInTurnAsync(
        string script, RedisKey[] keys, RedisValue[] arguments, AuditEntry entry, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var record = chain.Follow(_tail, entry, clock.GetUtcNow());
                var answer = (RedisResult[])await database.CommitAsync(
                    script, [.. KeysOf(record.Entry), .. keys], [.. ArgumentsOf(record), .. arguments], cancellationToken);
                switch ((string)answer[0])
                {
                    case "audited":
                        _tail = AuditTail.Of(record);
                        database.Witness(record.Number);
                        return answer[1];
                    case "unchanged":
                        return answer[1];
                    default:
                        _tail = new AuditTail(
                            (long)answer[1], DateTimeOffset.FromUnixTimeMilliseconds((long)answer[3]), (byte[])answer[2]);
                        break;
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private RedisKey[] KeysOf(AuditEntry entry) =>
    [
        database.Keys.AuditHead,
        database.Keys.AuditEntries,
        database.Keys.AuditActions,
        database.Keys.AuditKinds,
        database.Keys.AuditBy(entry.Who.Name),
        database.Keys.AuditOf(entry.Action),
        database.Keys.AuditOfKind(entry.ObjectKind),
        database.Keys.AuditAbout(entry.ObjectId),
    ];

    private static RedisValue[] ArgumentsOf(AuditRecord record) =>
    [
        record.PreviousHash,
        record.Number,
        record.Hash,
        record.At.ToUnixTimeMilliseconds(),
        record.Entry.Action,
        record.Entry.ObjectKind,
        RedisAuditRecord.Write(record),
    ];
}
