using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Failures;
using Dashboard.Hosting;
using Dashboard.Hosting.Failures;

namespace Dashboard.Tests.Unit.Failures;

/// <summary>What the page says about codes and numbers.</summary>
public sealed class CodeWordsTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Codes =>
    [
        .. Enum.GetValues<ErrorCode>().Select(code => code.Name)
            .Concat(Enum.GetValues<TokenRefusal>().Select(refusal => refusal.Code))
            .Concat(["invalid_client", "invalid_grant", "invalid_request", "invalid_scope", "invalid_target", "access_denied"])
            .Distinct(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_words_a_cause_and_a_next_step(string code)
    {
        var words = CodeWords.Of(code);

        Assert.NotEqual(code, words.Title);
        Assert.EndsWith(".", words.Cause, StringComparison.Ordinal);
        Assert.EndsWith(".", words.NextStep, StringComparison.Ordinal);
        Assert.Equal(char.IsUpper(code[0]), CodeWords.HrefOf(code) is not null);
    }

    [Fact]
    public void Code_that_nobody_knows_is_its_own_title() =>
        Assert.Equal(("NEW_CODE", "Without a code"), (CodeWords.Of("NEW_CODE").Title, CodeWords.Of("").Title));

    [Theory]
    [InlineData(1, 3, "33 %")]
    [InlineData(1, 1_000, "< 1 %")]
    [InlineData(0, 5, "0 %")]
    [InlineData(9, 5, "100 %")]
    [InlineData(1, 0, "")]
    public void Share_is_rounded_down(long part, long whole, string text) => Assert.Equal(text, FailureText.ShareOf(part, whole));

    [Fact]
    public void Column_says_when_how_many_of_what_and_what_is_usual()
    {
        var steps = new RefusalSteps(Noon, TimeSpan.FromMinutes(15), 2, RollupGrain.Minute);
        var series = RefusalSeries.Of(
            steps, [new RefusalCount(Noon, "TOKEN_EXPIRED", 1_200), new RefusalCount(Noon, "WRONG_AUDIENCE", 34)]);
        var usual = new UsualBand([new Usual(0.75, 1, 3), null], UsualGap.None);
        var vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

        Assert.Equal(
            "1 Jan, 13:00 to 13:15: 1,234 refused (Token expired 1,200, Wrong audience 34); usually 3–12 in this hour.",
            FailureText.Of(series, usual, 0, vienna));
        Assert.Equal("1 Jan, 12:15 to 12:30: nothing refused.", FailureText.Of(series, usual, 1, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Days_are_those_of_utc()
    {
        var steps = new RefusalSteps(Noon.AddHours(-12), TimeSpan.FromDays(7), 3, RollupGrain.Day);
        var auckland = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland");

        Assert.Equal("8 Jan to 14 Jan 2030", FailureText.StepOf(steps, 1, auckland));
        Assert.Equal("1 Jan 2030", FailureText.StepOf(steps with { Width = TimeSpan.FromDays(1) }, 0, auckland));
    }
}
