using System.Net;
using Dashboard.Core.Primitives;
using Dashboard.Core.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Dashboard.Core.Storage.Redis;

/// <summary>
/// The one connection to Redis. Every call through it ends within the configured time-out, and every failure of the server
/// or the network is a <see cref="StoreUnavailableException"/>. After each reconnect it makes sure that the server still
/// holds the store it opened, with every change this node has seen: an empty, foreign or outdated one would make revoked
/// tokens good again.
/// </summary>
internal sealed class RedisDatabase(IOptions<StorageOptions> options, StoreMeters meters, ILogger<RedisDatabase> logger)
    : IStorage, IAsyncDisposable
{
    private const string Name = "redis";
    private const int DeletedAtOnce = 500;

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task _verification = Task.CompletedTask;
    private ConnectionMultiplexer? _connection;
    private ConnectionMultiplexer? _news;
    private ConnectionMultiplexer? _commits;
    private RedisValue _storeId;
    private long _newestChange;
    private long _askedAt;
    private volatile bool _isVerified;

    /// <summary>How long anything here may take; whoever waits for a turn before it asks waits no longer either.</summary>
    public TimeSpan Timeout => options.Value.Timeout;

    public RedisKeys Keys { get; } = new(options.Value.RedisPrefix);

    private ConnectionMultiplexer Commits => _commits ?? throw new InvalidOperationException("Redis was not connected.");

    private ConnectionMultiplexer News => _news ?? throw new InvalidOperationException("Redis was not connected.");

    private ConnectionMultiplexer Connection => _connection ?? throw new InvalidOperationException("Redis was not connected.");

    /// <summary>Where it is, without the password.</summary>
    public string Place
    {
        get
        {
            var servers = ConfigurationOptions.Parse(options.Value.Redis ?? "").EndPoints.Select(endpoint =>
                endpoint is DnsEndPoint { Host: var host, Port: var port } ? $"{host}:{port}" : endpoint.ToString());
            return $"{string.Join(',', servers)}, prefix {options.Value.RedisPrefix}";
        }
    }

    /// <summary>Connects and claims the store, refusing one that is newer than this program or only half filled.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(claims: true, cancellationToken);
        await RefuseUnfinishedAsync(cancellationToken);
    }

    public async Task OpenBesideAsync(CancellationToken cancellationToken)
    {
        if (!await OpenAsync(claims: false, cancellationToken))
        {
            throw new StartupException(
                $"There is no store {Place}. Check {StorageOptions.Section}:Redis and {StorageOptions.Section}:RedisPrefix; a new "
                + "one is made by starting Signet.",
                StartupException.StoreUnusable);
        }

        await RefuseUnfinishedAsync(cancellationToken);
    }

    /// <summary>The same for a migration, which fills what is half filled. False where there is no store and none was claimed.</summary>
    public async Task<bool> OpenAsync(bool claims, CancellationToken cancellationToken)
    {
        try
        {
            _connection = await ConnectAsync();
            _news = await ConnectAsync();

            // Waiting for replicas holds up everything behind it on the same connection.
            _commits = options.Value.RedisReplicas > 0 ? await ConnectAsync() : _connection;
            foreach (var connection in new[] { _connection, _commits }.Distinct())
            {
                // In order, one caller that goes on computing after its answer would hold up the answers of all others.
                connection.PreserveAsyncOrder = false;

                // Messages of failures would name keys, and keys the ids of tokens.
                connection.IncludeDetailInExceptions = false;
                connection.ConnectionFailed += OnLost;
                connection.ConnectionRestored += OnRestored;
                connection.ConfigurationChanged += OnOtherMaster;
            }

            await new RedisChecks(_connection, options.Value.RedisReplicas, logger).RunAsync();
            _storeId = await ClaimAsync(claims, cancellationToken);
            _isVerified = true;
            if (!_storeId.IsNull)
            {
                logger.StoreOpened(_storeId!);
            }

            return !_storeId.IsNull;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or StoreUnavailableException or ArgumentException)
        {
            throw new StartupException(
                $"Redis cannot be used: {(exception is StoreUnavailableException ? exception.InnerException : exception)?.Message} "
                + $"Check {StorageOptions.Section}:Redis, that the server runs, and its password.",
                StartupException.StoreUnusable,
                exception);
        }
    }

    /// <summary>Runs commands; of a group that is not a script each may succeed or fail by itself.</summary>
    /// <exception cref="StoreUnavailableException">Redis did not do it, or did not say so in time.</exception>
    public Task<T> RunAsync<T>(Func<IDatabaseAsync, Task<T>> work, CancellationToken cancellationToken) =>
        MeasureAsync(writes: false, () => work(Connection.GetDatabase()), cancellationToken);

    /// <summary>Runs one command and waits for it, for callers that have no other choice.</summary>
    /// <exception cref="StoreUnavailableException">Redis did not do it, or did not say so in time.</exception>
    public T Run<T>(Func<IDatabase, T> work)
    {
        if (!_isVerified)
        {
            Task.Run(() => EnsureVerifiedAsync(CancellationToken.None)).GetAwaiter().GetResult();
        }

        var call = meters.BeginRead(Name);
        try
        {
            return work(Connection.GetDatabase());
        }
        catch (Exception exception) when (IsFault(exception))
        {
            var unavailable = Unavailable(exception);
            call.Fail(unavailable);
            throw unavailable;
        }
        finally
        {
            call.Dispose();
        }
    }

    /// <summary>Runs a script: atomic, sent once and then called by its hash. Keys must all be of <see cref="Keys"/>.</summary>
    /// <exception cref="StoreUnavailableException">Redis did not do it, or did not say so in time.</exception>
    public Task<RedisResult> EvaluateAsync(
        string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken) => MeasureAsync(
            !ScriptKinds.OnlyReads(script),
            () => EvaluateAsync(Connection, script, keys, arguments),
            cancellationToken);

    /// <summary>As <see cref="EvaluateAsync(string, RedisKey[], RedisValue[], CancellationToken)"/>, and then waits until as many replicas as configured have the change.</summary>
    /// <exception cref="StoreUnavailableException">Redis or its replicas did not do it, or did not say so in time.</exception>
    public Task<RedisResult> CommitAsync(
        string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken) => MeasureAsync(
            writes: true,
            async () =>
            {
                var answer = await EvaluateAsync(Commits, script, keys, arguments);
                if (options.Value.RedisReplicas > 0)
                {
                    await WaitForReplicasAsync();
                }

                return answer;
            },
            cancellationToken);

    /// <summary>Looks whether the server still holds the store, with every change that was seen. Nothing works where it does not.</summary>
    /// <exception cref="StoreUnavailableException">It does not, or does not say so in time.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        // Of the master: while there is none, a replica would answer, and may lack what was acknowledged.
        var id = await GuardAsync(() => Connection.GetDatabase().HashGetAsync(Keys.Store, "id", CommandFlags.DemandMaster), cancellationToken);
        if (id != _storeId)
        {
            _isVerified = false;
            logger.OtherStore(_storeId.ToString());
            throw new StoreUnavailableException("Redis does not hold the store that this node works on.");
        }

        var changes = (long)await GuardAsync(
            () => Connection.GetDatabase().HashGetAsync(Keys.AuditHead, "number", CommandFlags.DemandMaster), cancellationToken);
        var known = Volatile.Read(ref _newestChange);
        if (changes < known)
        {
            _isVerified = false;
            logger.ChangesLost(changes, known);
            throw new StoreUnavailableException("Redis has lost changes that it had acknowledged.");
        }

        Witness(changes);
    }

    /// <summary>
    /// Takes note of how many audited changes there are. A server that has fewer later on has lost some that were
    /// acknowledged.
    /// </summary>
    public void Witness(long changes)
    {
        for (var known = Volatile.Read(ref _newestChange); known < changes;)
        {
            known = Interlocked.CompareExchange(ref _newestChange, changes, known);
        }
    }

    /// <summary>
    /// Makes this another store: a new id at once, so that a node which is still connected sees that its own is gone, and then
    /// every key but <see cref="RedisKeys.Store"/> is deleted, batch by batch.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Redis did not do it; some keys may be gone.</exception>
    public async Task StartAnewAsync(CancellationToken cancellationToken)
    {
        var id = Identifiers.NewId();
        await RunAsync(redis => redis.HashSetAsync(Keys.Store, StoreFacts.Id, id), cancellationToken);
        _storeId = id;
        Volatile.Write(ref _newestChange, 0);
        try
        {
            foreach (var server in Connected().Where(server => !server.IsSlave))
            {
                // The prefix holds no character that means something in a pattern.
                var keys = server.Keys(Connection.GetDatabase().Database, Keys.All, pageSize: DeletedAtOnce);
                foreach (var batch in keys.Where(key => key != Keys.Store).Chunk(DeletedAtOnce))
                {
                    await RunAsync(redis => redis.ExecuteAsync("UNLINK", [.. batch.Cast<object>()]), cancellationToken);
                }
            }
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>How many connections listen to a channel.</summary>
    /// <exception cref="StoreUnavailableException">A server did not say.</exception>
    public async Task<long> CountListenersAsync(string channel, CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(Connected().Select(server =>
            GuardAsync(() => server.SubscriptionSubscriberCountAsync(channel), cancellationToken)));
        return counts.Sum();
    }

    /// <summary>What every connected server says of itself.</summary>
    /// <exception cref="StoreUnavailableException">A server did not answer in time.</exception>
    public async Task<IReadOnlyList<RedisServerFacts>> ReadServersAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(Connected().Select(server => GuardAsync(() => FactsOfAsync(server), cancellationToken)));

    /// <summary>As above, where the term is that of the leader; otherwise nothing happens.</summary>
    /// <exception cref="TermOverException">Another node leads.</exception>
    /// <exception cref="StoreUnavailableException">Redis did not do it, or did not say so in time.</exception>
    public async Task<RedisResult> EvaluateAsync(
        Term term, string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await EvaluateAsync(
                RedisScripts.IfLeading + script, [.. keys, Keys.Lease], [.. arguments, term.Number], cancellationToken);
        }
        catch (StoreUnavailableException exception) when (IsTermOver(exception))
        {
            throw new TermOverException();
        }
    }

    /// <summary>Hears of every message from now on, one after the other and in order; false where that cannot be had now.</summary>
    public async Task<bool> TrySubscribeAsync(string channel, Action<string> hear, CancellationToken cancellationToken)
    {
        try
        {
            await GuardAsync(
                async () =>
                {
                    await News.GetSubscriber().SubscribeAsync(channel, (_, message) => hear(message.ToString()));
                    return true;
                },
                cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var connection in new[] { _connection, _commits, _news }.OfType<ConnectionMultiplexer>().Distinct())
        {
            connection.ConnectionFailed -= OnLost;
            connection.ConnectionRestored -= OnRestored;
            connection.ConfigurationChanged -= OnOtherMaster;

            // Not the asynchronous one, which waits for a server that hangs.
            connection.Close(allowCommandsToComplete: false);
            connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private IEnumerable<IServer> Connected() =>
        Connection.GetEndPoints().Select(endpoint => Connection.GetServer(endpoint)).Where(server => server.IsConnected);

    private static async Task<RedisServerFacts> FactsOfAsync(IServer server)
    {
        Dictionary<string, string> info = new(StringComparer.Ordinal);
        try
        {
            foreach (var fact in (await server.InfoAsync()).SelectMany(section => section))
            {
                info.TryAdd(fact.Key, fact.Value);
            }
        }
        catch (RedisServerException)
        {
            // A user that may not ask.
        }

        var place = server.EndPoint is DnsEndPoint { Host: var host, Port: var port } ? $"{host}:{port}" : server.EndPoint.ToString()!;
        return RedisServerFacts.Of(place, server.Version, server.IsSlave, info);
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var settings = ConfigurationOptions.Parse(options.Value.Redis!);
        settings.AbortOnConnectFail = true;
        settings.ConnectTimeout = (int)Timeout.TotalMilliseconds;
        settings.SyncTimeout = (int)Timeout.TotalMilliseconds;
        settings.KeepAlive = 2;
        settings.ReconnectRetryPolicy = new LinearRetry(500);
        settings.ClientName = "signet";

        // Keys and channels of the client's own, which a user that may reach only ours could not read.
        settings.TieBreaker = "";
        settings.ConfigurationChannel = "";

        // Only for reading the server's configuration at start; nothing here flushes or changes it.
        settings.AllowAdmin = true;

        // The client now and then waits for a server that has long answered it, and then does so however often it
        // looks again. A new client finds the server at once, so half of the attempts are one's.
        settings.ConnectRetry = 1;
        try
        {
            return await ConnectionMultiplexer.ConnectAsync(settings);
        }
        catch (RedisConnectionException)
        {
            return await ConnectionMultiplexer.ConnectAsync(settings);
        }
    }

    private async Task RefuseUnfinishedAsync(CancellationToken cancellationToken)
    {
        var from = await RunAsync(redis => redis.HashGetAsync(Keys.Store, StoreFacts.MigratingFrom), cancellationToken);
        if (!from.IsNull)
        {
            throw StoreFacts.Unfinished(Place, from.ToString());
        }
    }

    private async Task<RedisValue> ClaimAsync(bool claims, CancellationToken cancellationToken)
    {
        var claimed = claims
            ? (RedisValue[])await GuardAsync(
                () => EvaluateAsync(Connection, RedisScripts.ClaimStore, [Keys.Store], [Identifiers.NewId(), RedisScripts.Format]), cancellationToken)
            : await GuardAsync(() => Connection.GetDatabase().HashGetAsync(Keys.Store, ["id", "format"]), cancellationToken);
        var format = (int)claimed[1];
        return format <= RedisScripts.Format
            ? claimed[0]
            : throw new StartupException(
                $"The Redis store has format {format}, but this program knows formats up to {RedisScripts.Format}. Run the newer "
                + "Signet that wrote it.",
                StartupException.StoreUnusable);
    }

    private async Task EnsureVerifiedAsync(CancellationToken cancellationToken)
    {
        if (_isVerified)
        {
            return;
        }

        // One look for all who wait, or the last in a queue would wait for as many time-outs.
        Task verification;
        lock (_gate)
        {
            if (_verification.IsCompleted)
            {
                _verification = Task.Run(LookAsync, CancellationToken.None);
            }

            verification = _verification;
        }

        await verification.WaitAsync(cancellationToken);
    }

    private async Task LookAsync()
    {
        try
        {
            await VerifyAsync(CancellationToken.None);
            _isVerified = true;
        }
        catch (StoreUnavailableException)
        {
            FindMaster();
            throw;
        }
    }

    // By itself the client asks its servers only once a minute which of them is the master. The verification goes on even
    // where nobody asks for anything, since the feed compares each second.
    private void FindMaster()
    {
        var since = Interlocked.Exchange(ref _askedAt, TimeProvider.System.GetTimestamp());
        if (TimeProvider.System.GetElapsedTime(since) < AskAgain)
        {
            Volatile.Write(ref _askedAt, since);
            return;
        }

        foreach (var connection in new[] { Connection, Commits, News }.Distinct())
        {
            _ = TryConfigureAsync(connection);
        }
    }

    private static async Task TryConfigureAsync(ConnectionMultiplexer connection)
    {
        try
        {
            await connection.ConfigureAsync();
        }
        catch (RedisException)
        {
            // None is there; the next look asks again.
        }
    }

    // On the same connection to the only master: it waits for what was written there.
    private async Task WaitForReplicasAsync()
    {
        var (replicas, time) = (options.Value.RedisReplicas, Timeout * 0.8);
        if ((int)await Commits.GetDatabase().ExecuteAsync("WAIT", replicas, (int)time.TotalMilliseconds) < replicas)
        {
            throw new StoreUnavailableException("Too few replicas of Redis have the change.");
        }
    }

    private static async Task<RedisResult> EvaluateAsync(
        ConnectionMultiplexer connection, string script, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await connection.GetDatabase().ScriptEvaluateAsync(script, keys, arguments);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // The server was restarted and lost its scripts; the client has noticed now and sends the text again.
            return await connection.GetDatabase().ScriptEvaluateAsync(script, keys, arguments);
        }
    }

    private async Task<T> MeasureAsync<T>(bool writes, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var call = writes ? meters.BeginWrite(Name) : meters.BeginRead(Name);
        try
        {
            await EnsureVerifiedAsync(cancellationToken);
            return await GuardAsync(work, cancellationToken);
        }
        catch (Exception exception) when (!IsTermOver(exception))
        {
            call.Fail(exception);
            throw;
        }
        finally
        {
            call.Dispose();
        }
    }

    // The system's clock, not the injected one: how long a server takes has nothing to do with what time we say it is.
    private async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().WaitAsync(Timeout, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw Unavailable(exception);
        }
    }

    // How the server answers whoever does not lead any more.
    private static bool IsTermOver(Exception exception) =>
        exception.InnerException?.Message.StartsWith(RedisScripts.TermOver, StringComparison.Ordinal) is true;

    private static bool IsFault(Exception exception) => exception is RedisException or RedisCommandException or TimeoutException;

    private static StoreUnavailableException Unavailable(Exception exception) => new("Redis did not answer or refused.", exception);

    private void OnLost(object? sender, ConnectionFailedEventArgs lost)
    {
        _isVerified = false;
        logger.ConnectionLost(lost.FailureType.ToString());
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        _isVerified = false;
        logger.ConnectionBack();
    }

    // The servers changed their roles without any connection being lost.
    private void OnOtherMaster(object? sender, EndPointEventArgs changed) => _isVerified = false;
}
