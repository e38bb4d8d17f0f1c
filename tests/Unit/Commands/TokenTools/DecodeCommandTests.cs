using Dashboard.Commands;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands.TokenTools;

/// <summary><c>token decode</c>, where there is no store and no setting is right.</summary>
public sealed class DecodeCommandTests : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private string _input = "";

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task What_stands_in_a_token_is_shown_and_that_nobody_verified_it()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var token = Token($$"""{"iss":"https://a.example.com","sub":"alice","scope":"files:read files:write","iat":{{now - 60}},"exp":{{now + 3_600}}}""");

        Assert.Equal(0, await RunAsync("token", "decode", token));

        var text = _out.ToString();
        Assert.StartsWith("Nothing was verified", text, StringComparison.Ordinal);
        Assert.Contains("\"sub\": \"alice\"", text, StringComparison.Ordinal);
        Assert.Matches(@"Issued: +\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ \(1 min( \d s)? ago\)", text);
        Assert.Matches(@"Expires: +.*Z \(expires in (59 min|1 h)", text);
        Assert.Matches(@"Scopes: +files:read files:write", text);
        Assert.DoesNotContain("Odd:", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("--json", "-")]
    public async Task It_is_found_in_whatever_is_piped_in(params string[] arguments)
    {
        _input = $"curl -H 'Authorization: Bearer {Token("""{"iss":"a","sub":"alice","exp":4102444800}""")}' https://api.example.com\n";

        Assert.Equal(0, await RunAsync(["token", "decode", .. arguments]));

        Assert.Contains("alice", _out.ToString(), StringComparison.Ordinal);
        if (arguments.Length > 1)
        {
            var answer = TokenBuilder.Json(_out.ToString());
            Assert.False(answer.GetProperty("verified").GetBoolean());
            Assert.Equal("a curl command", answer.GetProperty("found_in").GetString());
            Assert.Equal("2100-01-01T00:00:00Z", answer.GetProperty("expires_at").GetString());
            Assert.Equal("alice", answer.GetProperty("claims").GetProperty("sub").GetString());
        }
    }

    [Theory]
    [InlineData("""{"iss":"a","sub":"b","exp":1000000000}""", "expired")]
    [InlineData("""{"iss":"a","sub":"b"}""", "never expires")]
    [InlineData("""{"iss":"a","sub":"b"}""", "no expiry")]
    [InlineData("""{"iss":"a","sub":"b","exp":4102444800000}""", "milliseconds")]
    [InlineData("""{"iss":"a","sub":"b","exp":"soon"}""", "exp is no number")]
    [InlineData("""{"iss":"a","sub":"b","nbf":4102444800,"exp":4102444000}""", "never valid")]
    [InlineData("""{"iss":"a","sub":"b","iat":4102444800,"exp":4102444900}""", "in the future")]
    [InlineData("""{"iss":"a","sub":"b","iat":1000000000,"exp":4102444900}""", "longer than a year")]
    [InlineData("""{"iss":"a","sub":"b","exp":4102444900,"scope":"*"}""", "scope *")]
    [InlineData("""{"iss":"a","sub":"b","exp":4102444900,"scope":"a","scopes":["b"]}""", "scope and scopes")]
    [InlineData("""{"exp":4102444900}""", "no issuer")]
    [InlineData("""{"exp":4102444900}""", "no subject")]
    public async Task What_is_odd_is_said(string claims, string said)
    {
        Assert.Equal(0, await RunAsync("token", "decode", Token(claims)));

        Assert.Contains(said, _out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""", "not signed")]
    [InlineData("""{"typ":"JWT"}""", "no algorithm")]
    [InlineData("""{"alg":"RS256","jku":"https://evil.example.com"}""", "jku")]
    [InlineData("""{"alg":"RS256","crit":["exp"]}""", "critical")]
    public async Task An_odd_header_is_said(string header, string said)
    {
        Assert.Equal(0, await RunAsync("token", "decode", Token("""{"iss":"a","sub":"b","exp":4102444900}""", header)));

        Assert.Contains(said, _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_in_a_token_is_obeyed_by_a_terminal()
    {
        Assert.Equal(0, await RunAsync("token", "decode", Token("""{"iss":"a","sub":"\u001b[2J\u009b1m","exp":4102444900}""")));

        Assert.DoesNotContain(_out.ToString(), sign => char.IsControl(sign) && sign is not ('\r' or '\n'));
    }

    [Theory]
    [InlineData(1, "no dots", "certainly-not")]
    [InlineData(1, "2 parts", "eyJhbGciOiJub25lIn0.e30")]
    [InlineData(2, "no token", "")]
    [InlineData(2, "/failures/req_0123456789abcdef", "Reference: req_0123456789abcdef")]
    [InlineData(2, "no token", "jwt expired")]
    public async Task What_is_no_token_is_refused(int code, string fault, string text)
    {
        Assert.Equal(code, await RunAsync("token", "decode", text));

        Assert.Contains(fault, _error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", _out.ToString());
    }

    private static string Token(string claims, string header = """{"alg":"HS256","typ":"JWT"}""") =>
        ForgedToken.Sign(header, claims, _ => header.Contains("none", StringComparison.Ordinal) ? [] : new byte[32]);

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        ["--Storage:Kind=nowhere", "--Signet:Issuer=nobody", .. arguments],
        new CommandConsole(_out, _error, null) { In = () => new StringReader(_input) });
}
