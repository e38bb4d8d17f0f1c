using System.Net;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Dashboard.Core.Storage.Redis;

/// <summary>
/// The one connection to Redis. Every call through it ends within the configured time-out, and every failure of the server
/// or the network is a <see cref="StoreUnavailableException"/>. After each reconnect it makes sure that the server still
/// holds the store it opened: an empty or foreign one would make revoked tokens good again.
/// </summary>
internal sealed class RedisDatabase(IOptions<StorageOptions> options, ILogger<RedisDatabase> logger)
    : IStorage, IAsyncDisposable
{
    private const int DeletedAtOnce = 500;

    private readonly SemaphoreSlim _verifying = new(1, 1);
    private ConnectionMultiplexer? _connection;
    private ConnectionMultiplexer? _news;
    private RedisValue _storeId;
    private volatile bool _isVerified;

    public RedisKeys Keys { get; } = new(options.Value.RedisPrefix);

    /// <summary>For subscribing; messages come one after the other, in order.</summary>
    public ISubscriber Subscriber => (_news ?? throw new InvalidOperationException("Redis was not connected.")).GetSubscriber();

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
        if (!(await RunAsync(redis => redis.HashGetAsync(Keys.Store, StoreFacts.MigratingFrom), cancellationToken)).IsNull)
        {
            throw StoreFacts.Unfinished(Place);
        }
    }

    /// <summary>The same for a migration, which fills what is half filled. False where there is no store and none was claimed.</summary>
    public async Task<bool> OpenAsync(bool claims, CancellationToken cancellationToken)
    {
        try
        {
            _connection = await ConnectAsync();
            _news = await ConnectAsync();

            // In order, one caller that goes on computing after its answer would hold up the answers of all others.
            _connection.PreserveAsyncOrder = false;
            _connection.ConnectionFailed += OnLost;
            _connection.ConnectionRestored += OnRestored;
            await new RedisChecks(_connection, logger).RunAsync();
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
    public async Task<T> RunAsync<T>(Func<IDatabaseAsync, Task<T>> work, CancellationToken cancellationToken)
    {
        await VerifyAsync(cancellationToken);
        return await GuardAsync(() => work(Connection.GetDatabase()), cancellationToken);
    }

    /// <summary>Runs one command and waits for it, for callers that have no other choice.</summary>
    /// <exception cref="StoreUnavailableException">Redis did not do it, or did not say so in time.</exception>
    public T Run<T>(Func<IDatabase, T> work)
    {
        if (!_isVerified)
        {
            Task.Run(() => VerifyAsync(CancellationToken.None)).GetAwaiter().GetResult();
        }

        try
        {
            return work(Connection.GetDatabase());
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>Runs a script: atomic, sent once and then called by its hash. Keys must all be of <see cref="Keys"/>.</summary>
    /// <exception cref="StoreUnavailableException">Redis did not do it, or did not say so in time.</exception>
    public async Task<RedisResult> EvaluateAsync(
        string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        await VerifyAsync(cancellationToken);
        return await GuardAsync(() => EvaluateAsync(script, keys, arguments), cancellationToken);
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
        catch (StoreUnavailableException exception) when (exception.InnerException?.Message.StartsWith(RedisScripts.TermOver, StringComparison.Ordinal) is true)
        {
            throw new TermOverException();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            _connection.ConnectionFailed -= OnLost;
            _connection.ConnectionRestored -= OnRestored;
            await _connection.CloseAsync(allowCommandsToComplete: false);
            _connection.Dispose();
        }

        if (_news is not null)
        {
            await _news.CloseAsync(allowCommandsToComplete: false);
            _news.Dispose();
        }

        _verifying.Dispose();
    }

    private IEnumerable<IServer> Connected() =>
        Connection.GetEndPoints().Select(endpoint => Connection.GetServer(endpoint)).Where(server => server.IsConnected);

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var settings = ConfigurationOptions.Parse(options.Value.Redis!);
        settings.AbortOnConnectFail = true;
        settings.ConnectTimeout = (int)options.Value.Timeout.TotalMilliseconds;
        settings.SyncTimeout = (int)options.Value.Timeout.TotalMilliseconds;
        settings.KeepAlive = 2;
        settings.ReconnectRetryPolicy = new LinearRetry(500);
        settings.ClientName = "signet";

        // Only for reading the server's configuration at start; nothing here flushes or changes it.
        settings.AllowAdmin = true;
        return await ConnectionMultiplexer.ConnectAsync(settings);
    }

    private async Task<RedisValue> ClaimAsync(bool claims, CancellationToken cancellationToken)
    {
        var claimed = claims
            ? (RedisValue[])await GuardAsync(
                () => EvaluateAsync(RedisScripts.ClaimStore, [Keys.Store], [Identifiers.NewId(), RedisScripts.Format]), cancellationToken)
            : await GuardAsync(() => Connection.GetDatabase().HashGetAsync(Keys.Store, ["id", "format"]), cancellationToken);
        var format = (int)claimed[1];
        return format <= RedisScripts.Format
            ? claimed[0]
            : throw new StartupException(
                $"The Redis store has format {format}, but this program knows formats up to {RedisScripts.Format}. Run the newer "
                + "Signet that wrote it.",
                StartupException.StoreUnusable);
    }

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        if (_isVerified)
        {
            return;
        }

        await _verifying.WaitAsync(cancellationToken);
        try
        {
            if (!_isVerified)
            {
                var found = await GuardAsync(
                    () => Connection.GetDatabase().HashGetAsync(Keys.Store, "id"), cancellationToken);
                if (found != _storeId)
                {
                    logger.OtherStore(_storeId.ToString());
                    throw new StoreUnavailableException("Redis does not hold the store that this node works on.");
                }

                _isVerified = true;
            }
        }
        finally
        {
            _verifying.Release();
        }
    }

    private async Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] arguments)
    {
        try
        {
            return await Connection.GetDatabase().ScriptEvaluateAsync(script, keys, arguments);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // The server was restarted and lost its scripts; the client has noticed now and sends the text again.
            return await Connection.GetDatabase().ScriptEvaluateAsync(script, keys, arguments);
        }
    }

    // The system's clock, not the injected one: how long a server takes has nothing to do with what time we say it is.
    private async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().WaitAsync(options.Value.Timeout, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw Unavailable(exception);
        }
    }

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
}
