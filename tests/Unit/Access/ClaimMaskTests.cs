using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Access;

/// <summary>What support does not see of a token.</summary>
public sealed class ClaimMaskTests
{
    private const string Claims = """{"sub":"alice","email":"a@example.com","address":[{"Phone_Number":"+43 1"}],"act":{"email":"b@example.com"}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Roles.Administrator, false)]
    [InlineData(Roles.Reviewer, false)]
    [InlineData(Roles.Support, true)]
    [InlineData(null, true)]
    public async Task Values_are_hidden_from_support_and_from_nobody_known_at_any_depth(string? role, bool isHidden)
    {
        await using var host = await CoreHost.StartAsync();

        var shown = host.Get<ClaimMask>().Apply(Claims, role);

        Assert.Equal(!isHidden, shown.Contains("example.com", StringComparison.Ordinal));
        Assert.Equal(!isHidden, shown.Contains("+43", StringComparison.Ordinal));
        Assert.Contains("\"sub\":\"alice\"", shown, StringComparison.Ordinal);
        Assert.Contains("Phone_Number", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Which_claims_and_for_whom_is_configured()
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?>
        {
            ["Access:MaskedClaims"] = "sub",
            ["Access:MaskFor"] = "reviewer support",
        });

        var shown = host.Get<ClaimMask>().Apply(Claims, Roles.Reviewer);

        Assert.DoesNotContain("alice", shown, StringComparison.Ordinal);
        Assert.Contains("a@example.com", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_and_comparisons_hide_values_and_still_say_whether_they_differ()
    {
        await using var host = await CoreHost.StartAsync();
        var mask = host.Get<ClaimMask>();
        var first = await host.IssueAsync(TokenBuilder.Request() with { ExtraClaims = JsonSerializer.SerializeToElement(new { email = "a@example.com" }) });
        var second = await host.IssueAsync(TokenBuilder.Request() with { ExtraClaims = JsonSerializer.SerializeToElement(new { email = "b@example.com" }) });

        var report = (await host.Get<TokenReporter>().ReportAsync(first.Token, new ValidationContext(), Stop)).MaskedFor(Roles.Support, mask);
        var compared = TokenComparison.Compare(first.Token, second.Token)!.MaskedFor(Roles.Support, mask).Single(member => member.Name == "email");

        Assert.Equal(ClaimMask.Mask, report.Claims!.Value.GetProperty("email").GetString());
        Assert.Equal((compared.Left, false), (compared.Right, compared.IsSame));
        Assert.DoesNotContain("example", compared.Left, StringComparison.Ordinal);
    }
}
