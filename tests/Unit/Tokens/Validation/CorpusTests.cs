using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

/// <summary>Every known way to make a bad token, under every algorithm: the verdict and the report name the same code.</summary>
public sealed class CorpusTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    [InlineData("HS256")]
    public async Task Validate_refuses_with_the_first_failing_code_and_the_report_agrees(string algorithm)
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?> { ["Keys:Algorithm"] = algorithm });
        var good = (await host.IssueAsync()).Token;
        List<string> wrong = [];

        foreach (var bad in Corpus(host, good))
        {
            var verdict = await host.CodeAsync(bad.Token);
            var report = await host.Get<TokenReporter>().ReportAsync(bad.Token, new ValidationContext(), Stop);
            if (verdict != bad.Code || report.Code != bad.Code || report.Accepted)
            {
                wrong.Add($"{bad.Name}: expected {bad.Code}, verdict {verdict}, report {report.Code}");
            }
        }

        Assert.True(wrong is [], string.Join("\n", wrong));
        Assert.Null(await host.CodeAsync(good));
    }

    private static IEnumerable<BadToken> Corpus(CoreHost host, string good) =>
    [
        .. TextCorpus.Texts(good),
        .. TextCorpus.LowBits(good),
        .. TextCorpus.Documents(host, good),
        .. HeaderCorpus.Algorithms(host, good),
        .. HeaderCorpus.PublicKeyAsSecret(host, good),
        .. HeaderCorpus.Keys(host, good),
        .. HeaderCorpus.Types(host, good),
        .. ClaimCorpus.Issuers(host, good),
        .. ClaimCorpus.Required(host, good),
        .. ClaimCorpus.Times(host, good),
        .. ClaimCorpus.Audiences(host, good),
        .. ClaimCorpus.Signatures(host, good),
    ];
}
