using System.Diagnostics.Metrics;
using Dashboard.Core.Events;
using Dashboard.Core.Operators.Passwords;
using Dashboard.Core.Storage;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Throttling;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Telemetry;

public sealed class MeterTests : IAsyncLifetime
{
    private CoreHost _host = null!;
    private Measured _measured = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await CoreHost.StartAsync(hosted: true, configure: services => services.AddSingleton<IPasswordHashing, FastHashing>());
        _measured = new Measured(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _measured.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public void Instruments_have_these_names_and_units() => Assert.Equal(
        [
            "signet.events.dropped {event}", "signet.events.waiting {event}", "signet.logins {login}", "signet.revocation.lag s",
            "signet.store.duration s", "signet.tokens.issued {token}", "signet.tokens.refused {token}",
            "signet.tokens.revoked {token}", "signet.tokens.validated {token}",
        ],
        _measured.Instruments.Select(instrument => $"{instrument.Name} {instrument.Unit}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task Tokens_are_counted_by_kind_when_they_are_issued()
    {
        await _host.IssueAsync();
        await _host.IssueAsync();
        await _host.IssueAsync(TokenBuilder.Request(TokenKind.Operator));
        await _host.FaultsAsync(TokenBuilder.Request() with { Subject = "" });

        Assert.Equal(2, _measured.Sum("signet.tokens.issued", TelemetryNames.TokenKind, "access"));
        Assert.Equal(1, _measured.Sum("signet.tokens.issued", TelemetryNames.TokenKind, "operator"));
        Assert.Equal(3, _measured.Of("signet.tokens.issued").Count);
    }

    [Fact]
    public async Task Verdicts_are_counted_refusals_by_code()
    {
        var issued = await _host.IssueAsync();
        Assert.Null(await _host.CodeAsync(issued.Token));
        Assert.Null(await _host.CodeAsync(issued.Token));
        Assert.NotNull(await _host.CodeAsync("no token"));
        _host.Clock.Advance(issued.Lifetime + TimeSpan.FromMinutes(5));
        Assert.NotNull(await _host.CodeAsync(issued.Token));

        Assert.Equal(2, _measured.Of("signet.tokens.validated").Sum(item => item.Value));
        Assert.Equal(1, _measured.Sum("signet.tokens.refused", TelemetryNames.ErrorType, "MALFORMED_TOKEN"));
        Assert.Equal(1, _measured.Sum("signet.tokens.refused", TelemetryNames.ErrorType, "TOKEN_EXPIRED"));
    }

    [Fact]
    public async Task Revoked_tokens_are_counted_once_each()
    {
        var revocations = _host.Get<TokenRevocations>();
        var issued = await _host.IssueAsync();
        await _host.IssueAsync(TokenBuilder.Request() with { Subject = "bob" });
        await _host.IssueAsync(TokenBuilder.Request() with { Subject = "bob" });

        await revocations.RevokeAsync(issued.TokenId, "a test", TokenBuilder.Somebody, RequestOrigin.None, Stop);
        await revocations.RevokeAsync(issued.TokenId, "again", TokenBuilder.Somebody, RequestOrigin.None, Stop);
        await revocations.CutOffAsync(RevocationScope.Subject, "bob", null, "left", TokenBuilder.Somebody, Stop);

        await Eventually.TrueAsync(() => _measured.Sum("signet.tokens.revoked", TelemetryNames.RevocationScope, "subject") >= 2);
        Assert.Equal(2, _measured.Sum("signet.tokens.revoked", TelemetryNames.RevocationScope, "subject"));
        Assert.Equal(1, _measured.Sum("signet.tokens.revoked", TelemetryNames.RevocationScope, "token"));
    }

    [Fact]
    public async Task Refused_logins_are_counted_each_also_where_few_are_recorded()
    {
        var login = _host.Get<OperatorLogin>();
        for (var number = 0; number < 100; number++)
        {
            await login.VerifyAsync(new string('x', 500), "wrong", RequestOrigin.None with { Ip = "192.0.2.1" }, KnownDevices.None, Stop);
        }

        Assert.Equal(100, _measured.Sum("signet.logins", TelemetryNames.ErrorType, "INVALID_CREDENTIALS"));
        Assert.Equal(100, _measured.Sum("signet.logins", TelemetryNames.LoginOutcome, "refused"));
    }

    [Fact]
    public void Events_that_wait_and_were_lost_are_told_to_whoever_asks()
    {
        _measured.Ask();

        Assert.Equal(0, Assert.Single(_measured.Of("signet.events.dropped")).Value);
        Assert.Single(_measured.Of("signet.events.waiting"));
    }

    [Fact]
    public async Task The_store_is_measured_by_what_it_does()
    {
        var issued = await _host.IssueAsync();
        await _host.RowAsync(issued.TokenId);

        var kind = _host.Get<IStorage>().GetType().Name is "RedisDatabase" ? "redis" : "sqlite";
        var calls = _measured.Of("signet.store.duration");
        Assert.Contains(calls, call => call.Tags[TelemetryNames.StoreOperation] is "write");
        Assert.Contains(calls, call => call.Tags[TelemetryNames.StoreOperation] is "read");
        Assert.All(calls, call => Assert.Equal(kind, call.Tags[TelemetryNames.Store]));
        Assert.All(calls, call => Assert.True(call.Value > 0));
    }

    [Fact]
    public async Task A_store_that_fails_is_measured_as_such()
    {
        await _host.SpoilAsync("ledger", keys => keys.Token("spoilt"));

        await Assert.ThrowsAnyAsync<Exception>(() => _host.RowAsync("spoilt"));

        Assert.Contains(_measured.Of("signet.store.duration"), call =>
            call.Tags.TryGetValue(TelemetryNames.ErrorType, out var fault) && fault is "STORE_UNAVAILABLE");
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        using var meters = new SignetMeters();
        using var measured = new MeterListener();
        measured.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meters.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        measured.Start();
        Count(meters);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++)
        {
            Count(meters);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Count(SignetMeters meters)
        {
            meters.TokenValidated();
            meters.TokenRefused(TokenRefusal.Expired.Code);
            meters.TokenIssued(TokenKind.Access.Name);
        }
    }
}
