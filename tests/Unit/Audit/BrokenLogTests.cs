using System.Collections.Concurrent;
using Dashboard.Core.Access;
using Dashboard.Core.Alerts.Watching;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Tests.Unit.Audit;

/// <summary>That the audit log is broken is one event of the process’s log, whoever finds it.</summary>
public sealed class BrokenLogTests : IAsyncLifetime
{
    private const int ChainBroken = 1953;

    private readonly Criticals _log = new();
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await CoreHost.StartAsync(
            StoreKinds.Sqlite, configure: services => services.AddLogging(logging => logging.AddProvider(_log)));
        _host.Tamper("DROP TRIGGER audit_is_never_changed; UPDATE audit SET who = 'eve' WHERE number = 1;");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Found_by_somebody_it_is_told_once()
    {
        await _host.Get<AuditVerifier>().VerifyAsync(new Actor("rita", Roles.Reviewer), null, Stop);

        Assert.Equal([ChainBroken], _log.Ids);
    }

    [Fact]
    public async Task Found_by_itself_it_is_told_likewise()
    {
        await _host.Get<AuditWatch>().VerifyAsync(Stop);

        Assert.Equal([ChainBroken], _log.Ids);
    }

    private sealed class Criticals : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<int> Ids { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Critical;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Ids.Enqueue(eventId.Id);
            }
        }

        public void Dispose()
        {
        }
    }
}
