using Dashboard.Commands;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands.TokenTools;

/// <summary><c>token check-expiry</c> where nothing is replaced: there is no store, and no setting is right.</summary>
public sealed class CheckExpiryCommandTests : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("signet-expiry-").FullName;
    private string _input = "";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, "valid for", 7_200)]
    [InlineData(1, "EXPIRES in", 3_000)]
    [InlineData(1, "EXPIRED", -60)]
    [InlineData(1, "EXPIRES in", 7_200, "--within", "1d")]
    [InlineData(0, "valid for", 3_000, "--within", "15m")]
    public async Task A_token_tells_when_it_expires(int code, string said, int seconds, params string[] options)
    {
        Assert.Equal(code, await RunAsync([TokenFor(seconds), .. options]));

        Assert.Contains(said, _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("alice", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_token_of_a_page_is_listed_with_its_line()
    {
        var path = Path.Combine(_folder, "voice-agent-selector.html");
        await File.WriteAllTextAsync(
            path,
            $"""
            <script>
              const TOKEN = '{TokenFor(-60)}';
              const OTHER = "{TokenFor(86_400)}"; const THIRD = '{TokenFor(60)}';
            </script>
            """,
            TestContext.Current.CancellationToken);

        Assert.Equal(1, await RunAsync(path, "--json"));

        var answer = TokenBuilder.Json(_out.ToString());
        Assert.Equal(path, answer.GetProperty("file").GetString());
        Assert.Equal(
            [(2, "expired"), (3, "valid"), (3, "expiring")],
            answer.GetProperty("tokens").EnumerateArray()
                .Select(token => (token.GetProperty("line").GetInt32(), token.GetProperty("state").GetString()!)));
        Assert.DoesNotContain("eyJ", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_read()
    {
        _input = $"{{\n\"token\": \"{TokenFor(60)}\" }}";

        Assert.Equal(1, await RunAsync("-"));

        Assert.Matches(@"(?m)^2 +alice +https://a.example.com .*EXPIRES in", _out.ToString());
    }

    [Fact]
    public async Task More_on_standard_input_than_is_looked_at_is_refused_as_a_file_is()
    {
        _input = new string(' ', PastedTextReader.LongestText) + TokenFor(-60);

        Assert.Equal(2, await RunAsync("-"));

        Assert.Contains("is larger than", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "HAS NO EXPIRY", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.")]
    [InlineData(1, "NO TOKEN", "eyJub.eyJub.x")]
    [InlineData(2, "no file of that name", "nothing-of-the-kind.env")]
    [InlineData(2, "There is no token in", "/dev/null")]
    [InlineData(2, "no file of that name", "/tmp")]
    [InlineData(2, "--replace needs a file", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", "--replace", "--yes")]
    [InlineData(2, "--within must be", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", "--within", "soon")]
    public async Task What_cannot_be_told_is_said(int code, string said, params string[] arguments)
    {
        Assert.Equal(code, await RunAsync(arguments));

        Assert.Contains(said, _out.ToString() + _error, StringComparison.Ordinal);
    }

    private static string TokenFor(int seconds)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return ForgedToken.Sign(
            """{"alg":"HS256"}""",
            $$"""{"iss":"https://a.example.com","sub":"alice","nbf":{{now - 100}},"exp":{{now + seconds}}}""",
            _ => new byte[32]);
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        ["--Storage:Kind=nowhere", "token", "check-expiry", .. arguments],
        new CommandConsole(_out, _error, null) { In = () => new StringReader(_input) });
}
