using System.Text.Json;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Issuing;

public sealed class TokenRequestRulesTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(new Dictionary<string, string?>
    {
        ["Tokens:MaximumLifetime"] = "02:00:00",
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string> Reserved() => [.. ClaimNames.Reserved];

    [Theory]
    [MemberData(nameof(Reserved))]
    public async Task Issue_with_a_reserved_claim_names_it(string claim)
    {
        foreach (var name in new[] { claim, claim.ToUpperInvariant() })
        {
            var faults = await _host.FaultsAsync(Request() with { ExtraClaims = Claims($$"""{"{{name}}":"x"}""") });

            Assert.Equal("claims", Assert.Single(faults).Field);
            Assert.Contains(name, faults[0].Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" user")]
    [InlineData("user\n")]
    [InlineData("us\0er")]
    [InlineData("operator:alice")]
    [InlineData("Operator:alice")]
    [InlineData("user\uD800")]
    public async Task Issue_for_a_subject_that_is_no_name_is_refused(string subject) =>
        Assert.Equal("subject", Assert.Single(await _host.FaultsAsync(Request() with { Subject = subject })).Field);

    [Theory]
    [InlineData(255, 0)]
    [InlineData(256, 1)]
    public async Task Issue_names_are_bounded(int length, int faults)
    {
        var name = new string('n', length);

        var outcome = await _host.Get<TokenIssuer>().IssueAsync(
            Request() with { Subject = name, Audience = name, Client = name }, TestContext.Current.CancellationToken);

        Assert.Equal(faults * 3, outcome is TokenIssueOutcome.Invalid invalid ? invalid.Faults.Count : 0);
    }

    [Theory]
    [InlineData("00:00:00", false)]
    [InlineData("-00:00:01", false)]
    [InlineData("00:00:00.9990000", false)]
    [InlineData("00:00:01", true)]
    [InlineData("02:00:00", true)]
    [InlineData("02:00:00.0000001", false)]
    [InlineData("10675199.02:48:05", false)]
    public async Task Issue_lifetime_lies_between_a_second_and_the_maximum(string lifetime, bool isGood)
    {
        var outcome = await _host.Get<TokenIssuer>().IssueAsync(
            Request() with { Lifetime = TimeSpan.Parse(lifetime) }, TestContext.Current.CancellationToken);

        Assert.Equal(isGood, outcome is TokenIssueOutcome.Issued);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("")]
    [InlineData("\"a\"")]
    [InlineData("a\\b")]
    [InlineData("ä")]
    public async Task Issue_with_a_scope_that_is_none_is_refused(string scope) =>
        Assert.Equal("scopes", Assert.Single(await _host.FaultsAsync(Request() with { Scopes = [scope] })).Field);

    [Fact]
    public async Task Issue_with_too_many_scopes_is_refused()
    {
        var scopes = Enumerable.Range(0, 51).Select(number => $"s{number}").ToArray();

        Assert.Equal("scopes", Assert.Single(await _host.FaultsAsync(Request() with { Scopes = scopes })).Field);
        await _host.IssueAsync(Request() with { Scopes = scopes[..50] });
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("""{"a":1,"A":2}""")]
    [InlineData("""{"":1}""")]
    [InlineData("""{"a":[[[[[[[[1]]]]]]]]}""")]
    [InlineData("""{"a":{"x":1,"X":2}}""")]
    [InlineData("""{"a":[{"x":1,"x":2}]}""")]
    [InlineData("""{"a":"\uD800"}""")]
    [InlineData("""{"\uD800":1}""")]
    public async Task Issue_with_claims_that_no_reader_could_trust_is_refused(string json) =>
        Assert.All(
            await _host.FaultsAsync(Request() with { ExtraClaims = Claims(json) }),
            fault => Assert.Equal("claims", fault.Field));

    [Fact]
    public async Task Issue_with_too_many_or_too_large_claims_is_refused()
    {
        var many = string.Join(',', Enumerable.Range(0, 51).Select(number => $"\"c{number}\":1"));
        var large = $"{{\"c\":\"{new string('x', 4_096)}\"}}";

        Assert.Single(await _host.FaultsAsync(Request() with { ExtraClaims = Claims($"{{{many}}}") }));
        Assert.Single(await _host.FaultsAsync(Request() with { ExtraClaims = Claims(large) }));
        Assert.Single(await _host.FaultsAsync(Request() with { ExtraClaims = Claims($"{{\"{new string('n', 101)}\":1}}") }));
    }

    [Fact]
    public async Task Issue_whatever_is_issued_can_be_read_again()
    {
        // Every limit used up, in letters that JSON writes with six characters each.
        var request = Request() with
        {
            Subject = new string('é', 255),
            Client = new string('é', 255),
            Audience = new string('é', 255),
            Scopes = [.. Enumerable.Range(0, 50).Select(number => $"{number:d100}")],
            ExtraClaims = Claims($"{{\"c\":\"{new string('é', 4_000)}\"}}"),
        };

        var outcome = await _host.Get<TokenIssuer>().IssueAsync(request, TestContext.Current.CancellationToken);

        if (outcome is TokenIssueOutcome.Issued issued)
        {
            Assert.Null(await _host.CodeAsync(issued.Token, new() { Audience = request.Audience }));
        }
        else
        {
            Assert.NotEmpty(Assert.IsType<TokenIssueOutcome.Invalid>(outcome).Faults);
        }
    }

    [Fact]
    public async Task Issue_with_several_faults_names_them_all()
    {
        var faults = await _host.FaultsAsync(
            Request() with { Subject = "", Client = " x", Scopes = [""], Lifetime = TimeSpan.Zero, ExtraClaims = Claims("[]") });

        Assert.Equal(["subject", "client", "scopes", "lifetime", "claims"], faults.Select(fault => fault.Field));
    }

    private static TokenRequest Request() => TokenBuilder.Request();

    private static JsonElement Claims(string json) => TokenBuilder.Json(json);
}
