using System.Buffers.Text;
using System.Text;
using Dashboard.Core.Primitives;
using FsCheck;
using FsCheck.Fluent;

namespace Dashboard.Tests.Unit.Primitives;

public sealed class PageCursorTests
{
    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void Parse_what_was_written_gives_it_back() => Prop.ForAll<NonEmptyString, PositiveInt>((id, seconds) =>
    {
        // Ids are what Signet made; half a surrogate pair is no text.
        if (!Utf16IsValid(id.Get) || id.Get.Length > 50)
        {
            return true;
        }

        var cursor = new PageCursor(DateTimeOffset.FromUnixTimeMilliseconds(seconds.Get * 1_001L), id.Get);
        return PageCursor.Parse(cursor.ToString()) == cursor;
    }).Check(Quick);

    [Fact]
    public void Parse_any_text_never_throws() => Prop.ForAll<string?>(text =>
    {
        _ = PageCursor.Parse(text);
        return true;
    }).Check(Quick);

    [Fact]
    public void Parse_any_base64url_never_throws() => Prop.ForAll(
        Gen.Elements("ABCDEFGHabcdefghijklmnop0123456789-_= ".ToCharArray()).ArrayOf().Select(item => new string(item)).ToArbitrary(),
        text =>
        {
            _ = PageCursor.Parse(text);
            return true;
        }).Check(Quick);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64url!")]
    [InlineData("AB")]
    [InlineData("AAAA")]
    public void Parse_garbage_is_null(string? text) => Assert.Null(PageCursor.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("1:")]
    [InlineData(":a")]
    [InlineData("x:a")]
    [InlineData("-1:a")]
    [InlineData("253402300800000:a")]
    [InlineData("99999999999999999999999:a")]
    [InlineData("1.5:a")]
    public void Parse_what_is_no_time_and_id_is_null(string text) =>
        Assert.Null(PageCursor.Parse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Parse_the_last_moment_works() =>
        Assert.Equal("a", PageCursor.Parse(Base64Url.EncodeToString("253402300799999:a"u8))?.Id);

    private static bool Utf16IsValid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
