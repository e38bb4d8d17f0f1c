using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Keys.Issuers;

/// <summary>The keys of a trusted issuer: fetched, kept, replaced, missed.</summary>
public sealed class IssuerKeyTests : IAsyncLifetime
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CoolDown = TimeSpan.FromMinutes(1);
    private static readonly Actor Command = Actor.OfCommand("root");

    private ForeignIssuer _issuer = null!;
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _issuer = await ForeignIssuer.StartAsync();
        _host = await _issuer.StartCoreAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Ten_thousand_unknown_keys_cause_two_fetches()
    {
        for (var number = 0; number < 10_000; number++)
        {
            var code = await _host.CodeAsync(
                $"{ForgedToken.EncodeHeader($$"""{"alg":"RS256","kid":"invented-{{number}}"}""")}.{Payload()}.AAAA",
                ForeignIssuer.Accepting());
            Assert.Equal("UNKNOWN_KEY", code);
            if (number is 5_000)
            {
                _host.Clock.Advance(CoolDown);
            }
        }

        Assert.Equal(2, _issuer.Server.Requests);

        string Payload() => ForgedToken.EncodeHeader($$"""{"iss":"{{ForeignIssuer.Issuer}}"}""");
    }

    [Fact]
    public async Task Key_that_the_issuer_rotated_to_is_found_after_the_cool_down()
    {
        Assert.Null(await CodeAsync());
        _issuer.KeyId = "key-2";
        _issuer.Publish("key-1", "key-2");
        Assert.Equal("UNKNOWN_KEY", await CodeAsync());

        _host.Clock.Advance(CoolDown);

        Assert.Null(await CodeAsync());
        Assert.Equal(["key-1", "key-2"], ForeignIssuer.Health(_host).Keys.Select(key => key.KeyId));
        Assert.Equal(2, _issuer.Server.Requests);
    }

    [Fact]
    public async Task Remembered_signature_does_not_outlive_its_key()
    {
        var token = _issuer.Token(_host);
        Assert.Null(await _host.CodeAsync(token, ForeignIssuer.Accepting()));

        // Somebody else's key under the same name.
        await using var other = await ForeignIssuer.StartAsync();
        _issuer.Server.Answer = context => context.Response.WriteAsync(other.JwksOf("key-1"));
        await RefreshAsync();
        Assert.Equal("INVALID_SIGNATURE", await _host.CodeAsync(token, ForeignIssuer.Accepting()));

        _issuer.Publish("key-2");
        await RefreshAsync();
        Assert.Equal("UNKNOWN_KEY", await _host.CodeAsync(token, ForeignIssuer.Accepting()));

        _issuer.Publish("key-1");
        await RefreshAsync();
        Assert.Null(await _host.CodeAsync(token, ForeignIssuer.Accepting()));
    }

    [Fact]
    public async Task Keys_that_were_had_are_good_for_a_day_while_the_issuer_is_down()
    {
        Assert.Equal(IssuerKeyState.NeverFetched, ForeignIssuer.Health(_host).State);
        Assert.Null(await CodeAsync());
        Assert.Equal(IssuerKeyState.Fresh, ForeignIssuer.Health(_host).State);
        _issuer.Fail();

        _host.Clock.Advance(Lifetime);
        Assert.Null(await CodeAsync());
        await Eventually.TrueAsync(() => ForeignIssuer.Health(_host).Failure is not null);
        var stale = ForeignIssuer.Health(_host);
        Assert.Equal((IssuerKeyState.Stale, "It answers with status 503 instead of 200."), (stale.State, stale.Failure));
        Assert.Equal(_host.Clock.GetUtcNow(), stale.FailingSince);
        Assert.Equal(_host.Clock.GetUtcNow() + CoolDown, stale.NextFetchAt);

        _host.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Null(await CodeAsync());
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("UNKNOWN_KEY", await CodeAsync());
        Assert.Equal(IssuerKeyState.Unreachable, ForeignIssuer.Health(_host).State);

        _issuer.Publish();
        _host.Clock.Advance(CoolDown);
        Assert.Null(await CodeAsync());
        Assert.Equal(IssuerKeyState.Fresh, ForeignIssuer.Health(_host).State);
    }

    [Fact]
    public async Task Report_says_that_a_stale_set_is_the_likely_cause_and_who_can_act()
    {
        Assert.Null(await CodeAsync());
        _issuer.Fail();
        _issuer.KeyId = "key-2";
        _host.Clock.Advance(Lifetime);

        var report = await ForeignIssuer.ReportAsync(_host, _issuer.Token(_host));

        Assert.Equal("UNKNOWN_KEY", report.Code);
        Assert.Contains("is not among those of Login 0", report.Cause, StringComparison.Ordinal);
        Assert.Contains("fails since 2030-01-01T12:10:00Z: It answers with status 503", report.Cause, StringComparison.Ordinal);
        Assert.Contains("the likely cause", report.NextStep, StringComparison.Ordinal);
        Assert.Contains("An administrator", report.NextStep, StringComparison.Ordinal);
        Assert.Equal(IssuerKeyState.Stale, report.Issuer!.Keys);
    }

    [Fact]
    public async Task Report_says_that_the_keys_could_never_be_had()
    {
        _issuer.Fail();

        var report = await ForeignIssuer.ReportAsync(_host, _issuer.Token(_host));

        Assert.Contains("could never be fetched", report.Cause, StringComparison.Ordinal);
        Assert.Contains("cannot be fetched, which is the likely cause", report.NextStep, StringComparison.Ordinal);
        Assert.Equal(1, _issuer.Server.Requests);
    }

    [Fact]
    public async Task Set_is_fetched_at_start_and_again_when_it_is_old_without_anybody_asking()
    {
        await using var host = await _issuer.StartCoreAsync(hosted: true);
        await Eventually.TrueAsync(() => ForeignIssuer.Health(host).State is IssuerKeyState.Fresh);
        Assert.Equal(1, _issuer.Server.Requests);
        var first = host.Clock.GetUtcNow();

        await PassTimeUntilAsync(() => ForeignIssuer.Health(host).FetchedAt >= first + Lifetime);
        _issuer.Fail();
        await PassTimeUntilAsync(() => ForeignIssuer.Health(host).Failure is not null);
        _issuer.Publish();
        await PassTimeUntilAsync(() => ForeignIssuer.Health(host) is { State: IssuerKeyState.Fresh, Failure: null });

        await host.StopHostedAsync();
        var requests = _issuer.Server.Requests;
        Assert.Null(await host.CodeAsync(_issuer.Token(host), ForeignIssuer.Accepting()));
        Assert.Equal(requests, _issuer.Server.Requests);

        // In steps: whoever begins to wait just now is woken by the next.
        Task PassTimeUntilAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(20));
            return condition();
        });
    }

    [Fact]
    public async Task Many_tokens_at_once_cause_one_fetch()
    {
        var token = _issuer.Token(_host);

        var codes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => _host.CodeAsync(token, ForeignIssuer.Accepting()))));

        Assert.All(codes, Assert.Null);
        Assert.Equal(1, _issuer.Server.Requests);
    }

    [Theory]
    [InlineData("huge", "longer than 64 KB")]
    [InlineData("redirect", "redirects are not followed")]
    [InlineData("html", "no JWK set")]
    public async Task Answer_that_is_no_set_gives_no_key_and_keeps_those_of_before(string kind, string fault)
    {
        Assert.Null(await CodeAsync());
        _issuer.Server.Answer = kind switch
        {
            "huge" => context => context.Response.WriteAsync(new string(' ', 70_000)),
            "html" => context => context.Response.WriteAsync("<p>We are back soon.</p>"),
            _ => Redirect,
        };

        await RefreshAsync();

        Assert.Contains(fault, ForeignIssuer.Health(_host).Failure, StringComparison.Ordinal);
        Assert.Null(await CodeAsync());
    }

    [Fact]
    public async Task Slow_issuer_is_waited_for_no_longer_than_five_seconds()
    {
        var asked = new TaskCompletionSource();
        _issuer.Server.Answer = async context =>
        {
            asked.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        };
        await using var host = await CoreHost.StartAsync(
            _issuer.Settings(), configure: services => services.AddSingleton(provider => _issuer.Server.Way(clock: provider.GetRequiredService<TimeProvider>())));
        var judging = host.CodeAsync(_issuer.Token(host), ForeignIssuer.Accepting());
        await asked.Task.WaitAsync(Stop);

        host.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("UNKNOWN_KEY", await judging);
        Assert.Equal("It does not answer within five seconds.", ForeignIssuer.Health(host).Failure);
    }

    [Theory]
    [InlineData(false, "UNKNOWN_KEY")]
    [InlineData(true, null)]
    public async Task Private_address_is_called_only_where_that_is_allowed(bool isAllowed, string? code)
    {
        var settings = _issuer.Settings();
        settings["Keys:TrustedIssuers:0:AllowPrivateAddresses"] = isAllowed ? "true" : "false";
        await using var host = await CoreHost.StartAsync(
            settings, configure: services => services.AddSingleton(_ => _issuer.Server.Way(PublicAddresses.Contains)));

        Assert.Equal(code, await host.CodeAsync(_issuer.Token(host), ForeignIssuer.Accepting()));
        Assert.Equal(isAllowed ? 1 : 0, _issuer.Server.Requests);
        Assert.Equal(isAllowed, ForeignIssuer.Health(host).Failure is null);
    }

    [Fact]
    public async Task Fetching_by_hand_is_audited_told_and_not_done_twice_in_a_moment()
    {
        var issuers = _host.Get<TrustedIssuers>();
        var heard = _host.Get<IChangeFeed>().ReadAsync(ChangeKind.Keys, Stop).GetAsyncEnumerator(Stop);
        var hearing = heard.MoveNextAsync();

        var fetched = Assert.IsType<IssuerRefresh.Fetched>(await issuers.RefreshAsync("login 0", "rotated there", Command, Stop));

        Assert.Equal("key-1", Assert.Single(fetched.Health.Keys).KeyId);
        Assert.True(await hearing);
        Assert.Equal("issuer:Login 0", heard.Current.Id);
        var entry = (await _host.Get<AuditLog>().FindNewestAsync(Stop))!.Entry;
        Assert.Equal(("issuer.keys_fetched", "Login 0", "rotated there"), (entry.Action, entry.ObjectId, entry.Reason));
        Assert.Equal(TrustedIssuers.CoolDown, Assert.IsType<IssuerRefresh.TooSoon>(await issuers.RefreshAsync("Login 0", "again", Command, Stop)).Wait);
        Assert.IsType<IssuerRefresh.Unknown>(await issuers.RefreshAsync("nobody", "again", Command, Stop));
        Assert.Equal(1, _issuer.Server.Requests);
    }

    [Fact]
    public async Task Other_nodes_fetch_when_one_was_told_to()
    {
        await using var host = await _issuer.StartCoreAsync(hosted: true);
        await Eventually.TrueAsync(() => ForeignIssuer.Health(host).State is IssuerKeyState.Fresh);
        _issuer.Publish("key-2");
        host.Clock.Advance(TrustedIssuers.CoolDown);

        host.Get<IChangeFeed>().Publish(new Change(ChangeKind.Keys, "issuer:Login 0", IsFromElsewhere: true));

        await Eventually.TrueAsync(() => ForeignIssuer.Health(host).Keys is [{ KeyId: "key-2" }]);
    }

    private Task<string?> CodeAsync() => _host.CodeAsync(_issuer.Token(_host), ForeignIssuer.Accepting());

    private async Task RefreshAsync()
    {
        _host.Clock.Advance(TrustedIssuers.CoolDown);
        await _host.Get<TrustedIssuers>().RefreshAsync("Login 0", "a test", Command, Stop);
    }

    private static Task Redirect(Microsoft.AspNetCore.Http.HttpContext context)
    {
        context.Response.Redirect("/elsewhere");
        return Task.CompletedTask;
    }
}
