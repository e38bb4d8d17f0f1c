using System.Text;
using Dashboard.OAuth;

namespace Dashboard.Tests.Unit.OAuth;

public sealed class BasicCredentialsTests
{
    [Theory]
    [InlineData("one:secret", "one", "secret")]
    [InlineData("one:se:cret", "one", "se:cret")]
    [InlineData("one:", "one", "")]
    [InlineData("on%3Ae:a+b%2Bc", "on:e", "a b+c")]
    [InlineData("%C3%A4:\u00e4", "\u00e4", "\u00e4")]
    [InlineData("one:\U0001F511", "one", "\U0001F511")]
    [InlineData("one:a%41", "one", "aA")]
    public void Parse_splits_at_the_first_colon_and_decodes_both_parts(string text, string id, string secret)
    {
        Assert.Equal((id, secret), BasicCredentials.Parse("Basic " + Encode(text)));
        Assert.Equal((id, secret), BasicCredentials.Parse("basic " + Encode(text)));
    }

    [Theory]
    [InlineData("no colon")]
    [InlineData(":secret")]
    [InlineData("one:%")]
    [InlineData("one:%4")]
    [InlineData("one:%zz")]
    [InlineData("one:%00")]
    [InlineData("one:a%0d%0ab")]
    [InlineData("one:a\nb")]
    [InlineData("one:%C3%28")]
    public void Parse_refuses_text_that_is_no_pair(string text) => Assert.Null(BasicCredentials.Parse("Basic " + Encode(text)));

    [Theory]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic *")]
    [InlineData("Basic b25lOnNlY3JldA")]
    [InlineData("Basic b25lOnNlY3JldA= =")]
    [InlineData("Basic b25lOnNlY3JldB==")]
    [InlineData("Basic b25l OnNlY3JldA==")]
    [InlineData("Basic  b25lOnNlY3JldA==")]
    [InlineData("Basic b25lOsMo")]
    [InlineData("Basic b25lOnNlY3JldA==, Basic b25lOnNlY3JldA==")]
    [InlineData("Bearer b25lOnNlY3JldA==")]
    public void Parse_refuses_what_is_no_strict_base64_of_utf8(string header) => Assert.Null(BasicCredentials.Parse(header));

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
