using System.Text;
using System.Text.Json.Nodes;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Sharing;
using Dashboard.Core.Storage.Leadership;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Sharing;

/// <summary>Who may share, open and end; for how long; and what of a report is shared.</summary>
public sealed class ReportSharesTests : IAsyncLifetime
{
    private static readonly Actor Alice = new("alice", Roles.Support, "192.0.2.7", "s-1");
    private static readonly Actor Bob = new("bob", Roles.Reviewer);
    private static readonly Actor Admin = new("admin", Roles.Administrator);

    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ReportShares Shares => _core.Get<ReportShares>();

    public async ValueTask InitializeAsync() => _core = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(168)]
    public async Task Link_opens_until_its_time_is_over(int hours)
    {
        var shared = await ShareAsync(TimeSpan.FromHours(hours));

        _core.Clock.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromMilliseconds(1));
        var opened = await Shares.OpenAsync(shared.Secret, Bob, Stop);
        _core.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(("alice", "TOKEN_EXPIRED"), (opened?.Share.CreatedBy, opened?.Report.Report.Code));
        Assert.Null(await Shares.OpenAsync(shared.Secret, Bob, Stop));
        Assert.Empty(await Shares.ListAsync(Admin, Stop));
    }

    [Fact]
    public async Task Other_lifetimes_are_not_offered() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ShareAsync(TimeSpan.FromDays(365)));

    [Fact]
    public async Task Secret_has_256_bits_and_is_nowhere_in_the_store()
    {
        var shared = await ShareAsync();
        await Shares.OpenAsync(shared.Secret, Bob, Stop);

        Assert.Equal(43, shared.Secret.Length);
        Assert.DoesNotContain(shared.Secret, Encoding.UTF8.GetString(_core.ReadStoreBytes()), StringComparison.Ordinal);
        Assert.DoesNotContain(shared.Secret, shared.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Id_and_guesses_open_nothing_and_leave_no_entry()
    {
        var shared = await ShareAsync();

        Assert.Null(await Shares.OpenAsync(shared.Share.Id, Bob, Stop));
        Assert.Null(await Shares.OpenAsync(new string('A', 43), Bob, Stop));
        Assert.Null(await Shares.OpenAsync(new string('A', 100_000), Bob, Stop));
        Assert.Equal(["report_share.created"], await ActionsAsync(shared));
    }

    [Fact]
    public async Task Making_every_opening_and_ending_are_in_the_audit_log_under_the_id()
    {
        var shared = await ShareAsync();
        await Shares.OpenAsync(shared.Secret, Bob, Stop);
        await Shares.OpenAsync(shared.Secret, Bob, Stop);
        Assert.True(await Shares.EndAsync(shared.Share.Id, Alice, Stop));
        Assert.False(await Shares.EndAsync(shared.Share.Id, Alice, Stop));

        Assert.Equal(
            ["report_share.ended", "report_share.opened", "report_share.opened", "report_share.created"], await ActionsAsync(shared));
        Assert.Null(await Shares.OpenAsync(shared.Secret, Bob, Stop));
    }

    [Fact]
    public async Task Only_whoever_shares_and_administrators_see_it_in_the_list_and_end_it()
    {
        var first = await ShareAsync();
        var second = await ShareAsync();

        Assert.Empty(await Shares.ListAsync(Bob, Stop));
        Assert.False(await Shares.EndAsync(first.Share.Id, Bob, Stop));
        Assert.Equal(2, (await Shares.ListAsync(Alice, Stop)).Count);
        Assert.Equal(2, (await Shares.ListAsync(Admin, Stop)).Count);
        Assert.True(await Shares.EndAsync(first.Share.Id, Alice, Stop));
        Assert.True(await Shares.EndAsync(second.Share.Id, Admin, Stop));
    }

    [Fact]
    public async Task Who_may_not_see_tokens_may_do_nothing_of_it()
    {
        var nobody = new Actor("eve", Roles.Subject);
        var shared = await ShareAsync();

        await Assert.ThrowsAsync<AccessRefusedException>(() => ShareAsync(who: nobody));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Shares.OpenAsync(shared.Secret, nobody, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Shares.ListAsync(nobody, Stop));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Shares.EndAsync(shared.Share.Id, nobody, Stop));
    }

    [Fact]
    public async Task Nobody_shares_without_end()
    {
        var report = new SharedReport(_core.Clock.GetUtcNow(), null, await ReportAsync());
        foreach (var _ in Enumerable.Range(0, ReportShares.MostOpen))
        {
            Assert.IsType<ShareOutcome.Made>(await Shares.ShareAsync(report, null, ReportShares.DefaultLifetime, Alice, Stop));
        }

        Assert.IsType<ShareOutcome.TooMany>(await Shares.ShareAsync(report, null, ReportShares.DefaultLifetime, Alice, Stop));
        Assert.IsType<ShareOutcome.Made>(await Shares.ShareAsync(report, null, ReportShares.DefaultLifetime, Bob, Stop));
    }

    [Fact]
    public async Task Values_of_private_claims_the_token_and_the_ledger_are_not_in_the_store()
    {
        var shared = await ShareAsync();
        var stored = Encoding.UTF8.GetString(_core.ReadStoreBytes());

        var opened = (await Shares.OpenAsync(shared.Secret, Bob, Stop))!.Report.Report;

        Assert.Equal("user-1", opened.Claims!.Value.GetProperty("sub").GetString());
        Assert.All(["department", "email", "nested", "aud_notes"], name => Assert.Equal(ClaimMask.Mask, opened.Claims.Value.GetProperty(name).GetString()));
        Assert.Equal("ES256", opened.Header!.Value.GetProperty("alg").GetString());
        Assert.Null(opened.Ledger);
        Assert.All(["top-secret-department", "alice@example.com", "deep-inside", _signature], value => Assert.DoesNotContain(value, stored, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registered_claim_that_holds_an_object_is_hidden_like_any_other()
    {
        var report = await ReportAsync(("aud", """{"inner":"deep-inside"}"""), ("scope", "\"" + new string('x', 5_000) + "\""));
        var shared = Assert.IsType<ShareOutcome.Made>(await Shares.ShareAsync(SharedReport.Of(report), null, ReportShares.DefaultLifetime, Alice, Stop));

        var opened = (await Shares.OpenAsync(shared.Secret, Bob, Stop))!.Report.Report;

        Assert.Equal(ClaimMask.Mask, opened.Claims!.Value.GetProperty("aud").GetString());
        Assert.Equal(ClaimMask.Mask, opened.Claims.Value.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Expired_share_is_purged()
    {
        var shared = await ShareAsync(TimeSpan.FromHours(1));
        _core.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        Assert.NotNull(await _core.Get<LeaderElection>().FindTermAsync(Stop));

        var run = await _core.Get<PurgeWorker>().RunAsync(Stop);

        Assert.Equal(1, run?.Gone["shared reports"]);
        Assert.Null(await _core.Get<IReportShareStore>().FindByIdAsync(shared.Share.Id, Stop));
    }

    private string _signature = "";

    private async Task<ShareOutcome.Made> ShareAsync(TimeSpan? lifetime = null, Actor? who = null) => Assert.IsType<ShareOutcome.Made>(
        await Shares.ShareAsync(
            new SharedReport(_core.Clock.GetUtcNow(), "POST /auth/validate", await ReportAsync()),
            "req_0123456789abcdef",
            lifetime ?? ReportShares.DefaultLifetime,
            who ?? Alice,
            Stop));

    private async Task<TokenReport> ReportAsync(params (string Name, string Json)[] changed)
    {
        var good = (await _core.IssueAsync()).Token;
        (string, JsonNode?)[] claims =
        [
            ("department", "top-secret-department"),
            ("email", "alice@example.com"),
            ("nested", new JsonObject { ["a"] = "deep-inside" }),
            ("aud_notes", new JsonArray("deep-inside")),
            .. changed.Select(item => (item.Name, JsonNode.Parse(item.Json))),
        ];
        var token = ForgedToken.Alter(_core, good, claims);
        _signature = token.Split('.')[2];
        return await _core.Get<TokenReporter>().ReportAsync(
            token, new ValidationContext { At = _core.Clock.GetUtcNow().AddHours(3), IsHandedOn = true }, Stop);
    }

    private async Task<IEnumerable<string>> ActionsAsync(ShareOutcome.Made shared) =>
        (await _core.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: shared.Share.Id), null, 10, Stop)).Items.Select(item => item.Entry.Action);
}
