using Dashboard.Core.Scopes;
using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Tests.Unit.Scopes;

public sealed class ScopeTextTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" \t\r\n,,", "")]
    [InlineData("read", "read")]
    [InlineData("read write", "read|write")]
    [InlineData("read,write", "read|write")]
    [InlineData(" read ,  write\twrite read ", "read|write")]
    [InlineData("Read read", "Read|read")]
    public void Split_reads_spaces_and_commas_and_drops_repetitions(string? text, string expected) =>
        Assert.Equal(expected, string.Join('|', ScopeText.Split(text)));

    [Fact]
    public void Split_what_was_joined_gives_it_back() => Prop.ForAll<string[]>(texts =>
    {
        var scopes = texts.Where(text => text is not null && ScopeText.IsValid(text)).Distinct(StringComparer.Ordinal).ToList();
        return ScopeText.Split(ScopeText.Join(scopes)).SequenceEqual(scopes, StringComparer.Ordinal);
    }).Check(Quick);

    [Fact]
    public void Split_any_text_gives_distinct_scopes_without_separators() => Prop.ForAll<string?>(text =>
    {
        var scopes = ScopeText.Split(text);
        return scopes.Distinct(StringComparer.Ordinal).Count() == scopes.Count
            && scopes.All(scope => scope.Length > 0 && scope.IndexOfAny([' ', ',', '\t', '\r', '\n']) < 0);
    }).Check(Quick);

    [Theory]
    [InlineData("files:read", true)]
    [InlineData("https://api.example.com/read", true)]
    [InlineData("!#$%&'()*+-./:;<=>?@[]^_`{|}~", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a,b", false)]
    [InlineData("a\"b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\u007F", false)]
    [InlineData("ä", false)]
    public void Is_valid_for_the_characters_of_the_standard(string scope, bool isValid) =>
        Assert.Equal(isValid, ScopeText.IsValid(scope));

    [Fact]
    public void Is_valid_up_to_a_hundred_characters()
    {
        Assert.True(ScopeText.IsValid(new string('a', 100)));
        Assert.False(ScopeText.IsValid(new string('a', 101)));
    }
}
