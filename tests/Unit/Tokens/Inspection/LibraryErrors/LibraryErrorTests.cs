using System.Text.Json;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Inspection.LibraryErrors;

namespace Dashboard.Tests.Unit.Tokens.Inspection.LibraryErrors;

/// <summary>What is recognised, what is not, and what it may cost.</summary>
public sealed class LibraryErrorTests
{
    [Theory]
    [InlineData("")]
    [InlineData("The passport has expired, and so has the driving licence.")]
    [InlineData("Could not save: invalid token in line 3 of settings.json")]
    [InlineData("The invoice has an invalid signature and an invalid issuer.")]
    [InlineData("my jwt expiredAt field")]
    [InlineData("jwt malformedness")]
    [InlineData("IDX99999: something")]
    [InlineData("IDX102233: something")]
    [InlineData("XIDX10223: something")]
    [InlineData("the request timed out after 30 seconds")]
    [InlineData("\"exp\" claim timestamp check passed")]
    [InlineData("Signed JWT accepted")]
    [InlineData("go-jose/go-jose is used for tokens")]
    public void Near_miss_is_nothing(string text) => Assert.Empty(LibraryErrorCatalogue.FindIn(text));

    [Fact]
    public void Longer_text_wins_over_the_one_inside_of_it()
    {
        Assert.Equal("golang-jwt-method", Assert.Single(LibraryErrorCatalogue.FindIn("token signature is invalid: signing method none is invalid")).Id);
        Assert.Equal("jjwt-issuer", Assert.Single(LibraryErrorCatalogue.FindIn("Expected iss claim to be: a, but was: b.")).Id);
    }

    [Fact]
    public void Several_are_found_in_their_order_and_each_once()
    {
        const string log = """
            12:00 api[1]: jwt.exceptions.ExpiredSignatureError: Signature has expired
            12:01 web[2]: JsonWebTokenError: invalid signature
            12:02 api[1]: jwt.exceptions.ExpiredSignatureError: Signature has expired
            """;

        Assert.Equal(["pyjwt-expired", "jsonwebtoken-signature"], LibraryErrorCatalogue.FindIn(log).Select(error => error.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Text_inside_of_json_is_found_however_often_it_was_escaped(int times)
    {
        var text = "JWTExpired: \"exp\" claim timestamp check failed\n    at verify";
        for (var time = 0; time < times; time++)
        {
            text = JsonSerializer.Serialize(new { message = text });
        }

        Assert.Equal("jose-expired", Assert.Single(LibraryErrorCatalogue.FindIn(text)).Id);
    }

    [Fact]
    public void Common_words_are_believed_where_they_stand_alone()
    {
        Assert.Equal("jsonwebtoken-invalid-token", Assert.Single(LibraryErrorCatalogue.FindIn("invalid token")).Id);
        Assert.Equal("jsonwebtoken-invalid-token", Assert.Single(LibraryErrorCatalogue.FindIn("""{"message":"invalid token"}""")).Id);
        Assert.Equal("nimbus-expired", Assert.Single(LibraryErrorCatalogue.FindIn("Expired JWT.")).Id);
    }

    [Fact]
    public void Text_beyond_the_limit_is_not_read()
    {
        var padding = new string(' ', LibraryErrorCatalogue.LongestText);

        Assert.Empty(LibraryErrorCatalogue.FindIn(padding + "jwt expired"));
        Assert.Single(LibraryErrorCatalogue.FindIn("jwt expired" + padding));
    }

    // Time is not asserted, for machines differ: a search that grew with the square of the text would not end here.
    [Theory]
    [InlineData("Expected ")]
    [InlineData("The Claim '")]
    [InlineData("JWT expired ")]
    [InlineData("token signature is invalid: ")]
    [InlineData("\\\\\\\"")]
    [InlineData("&quot;")]
    [InlineData("IDX1022")]
    [InlineData("aaaaaaaa")]
    public void Hostile_text_ends_and_finds_little(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 2 * 1024 * 1024 / piece.Length));

        Assert.InRange(LibraryErrorCatalogue.FindIn(text).Count, 0, 1);
    }

    [Fact]
    public void Search_by_hand_asks_for_every_word()
    {
        Assert.Equal(["dotnet-idx10223"], LibraryErrorCatalogue.Search("idx10223").Select(error => error.Id));
        Assert.Contains("pyjwt-segments", LibraryErrorCatalogue.Search("pyjwt segm").Select(error => error.Id));
        Assert.All(LibraryErrorCatalogue.Search("TOKEN_EXPIRED java"), error => Assert.Equal("TOKEN_EXPIRED", error.Code));
        Assert.Empty(LibraryErrorCatalogue.Search("pyjwt IDX"));
        Assert.Equal(LibraryErrorCatalogue.All, LibraryErrorCatalogue.Search("  "));
    }

    [Fact]
    public void Pasted_error_without_a_token_is_no_malformed_token()
    {
        Assert.IsType<PastedText.ErrorText>(PastedTextReader.Read("TokenExpiredError: jwt expired"));
        Assert.IsType<PastedText.Token>(PastedTextReader.Read("TokenExpiredError: jwt expired eyJhbGciOiJub25lIn0.e30.AA"));
        Assert.IsType<PastedText.FailureReference>(PastedTextReader.Read("jwt expired, see req_0123456789abcdef"));
        Assert.IsType<PastedText.Token>(PastedTextReader.Read("what is this"));
    }
}
