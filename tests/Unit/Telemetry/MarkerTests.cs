using System.Collections.Concurrent;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Tests.Unit.Telemetry;

/// <summary>No value of a token shows in what the core logs, traces or measures (AUD-07).</summary>
public sealed class MarkerTests
{
    private const string Marker = "marker-9e1f";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_a_token_is_logged_traced_or_measured()
    {
        using var logs = new EveryLog();
        await using var host = await CoreHost.StartAsync(hosted: true, configure: services =>
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs)));
        using var measured = new Measured(host);
        using var traced = new Traced();

        var asked = new ValidationContext { Audience = Marker + "-audience" };
        var issued = await host.IssueAsync(TokenBuilder.Request(TokenKind.Minted) with
        {
            Subject = Marker + "-subject",
            Client = null,
            Reason = Marker + "-reason",
            Audience = Marker + "-audience",
            ExtraClaims = TokenBuilder.Json($$"""{"tenant":"{{Marker}}"}"""),
        });
        await host.CodeAsync(issued.Token, asked);
        await host.CodeAsync(issued.Token);
        await host.CodeAsync(issued.Token[..^4] + "AAAA", asked);
        await host.CodeAsync(Marker);
        await host.Get<TokenRevocations>().RevokeAsync(
            issued.TokenId, Marker, TokenBuilder.Somebody, RequestOrigin.None, Stop);
        await host.CodeAsync(issued.Token, asked);

        // Signed with our key and in no ledger: what is logged as an alert.
        await host.CodeAsync(ForgedToken.Alter(host, issued.Token, ("jti", Marker), ("tenant", Marker)), asked);

        string[] written =
        [
            .. logs.Lines,
            .. traced.Spans.SelectMany(span => span.TagObjects.Select(tag => $"{span.DisplayName} {tag.Key}={tag.Value}")),
            .. measured.All.SelectMany(item => item.Tags.Select(tag => $"{item.Name} {tag.Key}={tag.Value}")),
        ];
        Assert.Contains(written, line => line.Contains("TOKEN_REVOKED", StringComparison.Ordinal));
        Assert.Contains(written, line => line.Contains("was never issued", StringComparison.Ordinal));
        Assert.All(
            (string[])[Marker, issued.Token, issued.Token.Split('.')[1], issued.Token.Split('.')[2]],
            secret => Assert.DoesNotContain(written, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    private sealed class EveryLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Lines => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var members = (state as IEnumerable<KeyValuePair<string, object?>>)?.Select(member => $"{member.Key}={member.Value}");
            _lines.Enqueue($"{formatter(state, exception)} {exception} {string.Join(' ', members ?? [])}");
        }

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}
