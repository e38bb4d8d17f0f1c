namespace Dashboard.Tests.Unit.Architecture;

/// <summary>What holds for the tests themselves.</summary>
public sealed class TestRules
{
    // Taken apart, or this file would be the only one found.
    private static readonly string[] Skipping = ["Skip" + " = ", "SkipWhen" + " = ", "SkipUnless" + " = ", "Assert." + "Skip"];

    [Fact]
    public void No_test_is_skipped() => Assert.Empty(
        SourceFile.Below("tests")
            .Where(file => Array.Exists(Skipping, word => file.Text.Contains(word, StringComparison.Ordinal)))
            .Select(file => file.Path));
}
