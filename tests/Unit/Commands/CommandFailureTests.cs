using System.CommandLine;
using Dashboard.Commands;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>What stops a verb before it answers: said in a sentence to a person, and in an object to a script.</summary>
public sealed class CommandFailureTests : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    private CommandConsole Terminal => new(_out, _error, null);

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("keys", "import", "")]
    [InlineData("keys", "import", " ")]
    [InlineData("keys", "reencrypt", "--yes", "--new-key-file", "")]
    [InlineData("backup", "")]
    [InlineData("backup", "b.signet", "--recipient", "")]
    [InlineData("backup", "show", "")]
    [InlineData("backup", "show", "b.signet", "--identity", "")]
    [InlineData("restore", "")]
    [InlineData("restore", "b.signet", "--identity", "")]
    [InlineData("clients", "create", "--name", "App", "--jwks", "")]
    [InlineData("token", "validate", "eyJ", "--key", "")]
    [InlineData("token", "validate", "eyJ", "--secret-file", "")]
    public async Task A_file_without_a_name_is_wrong_use(params string[] arguments)
    {
        Assert.Equal(2, await CommandLine.RunAsync(arguments, Terminal, TestContext.Current.CancellationToken));

        Assert.Contains("must name a file", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _out.ToString());
    }

    [Theory]
    [InlineData(2, "WRONG_USE", "Option '--to' is required.", "migrate", "--from", "sqlite", "--json")]
    [InlineData(2, "WRONG_USE", "'lst'", "tokens", "lst", "--json")]
    [InlineData(2, "WRONG_USE", "--json", "--json", "tokens", "list")]
    [InlineData(2, "WRONG_USE", "--json", "reference", "--json")]
    [InlineData(2, "WRONG_SETTING", "Keys:RsaBits", "keys", "list", "--json", "--Keys:RsaBits=3")]
    [InlineData(3, "STORE_UNAVAILABLE", "/nowhere/at/all", "keys", "list", "--json", "--Storage:Kind=sqlite", "--Signet:DataFolder=/nowhere/at/all")]
    [InlineData(
        3, "STORE_UNAVAILABLE", "/nowhere/at/all", "token", "mint", "--subject", "a", "--format", "json", "--Storage:Kind=sqlite",
        "--Signet:DataFolder=/nowhere/at/all")]
    public async Task Whoever_asked_for_json_gets_it_whatever_stands_in_the_way(
        int code, string name, string message, params string[] arguments)
    {
        Assert.Equal(code, await CommandLine.RunAsync(arguments, Terminal, TestContext.Current.CancellationToken));

        var refused = TokenBuilder.Json(_out.ToString());
        Assert.Equal(("refused", name), (refused.GetProperty("status").GetString(), refused.GetProperty("code").GetString()));
        Assert.Contains(message, refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("", _error.ToString());
    }

    [Theory]
    [InlineData("interrupted", 1, "INTERRUPTED", "Interrupted.")]
    [InlineData("store away", 3, "STORE_UNAVAILABLE", "It is gone.")]
    [InlineData("store torn", 3, "STORE_UNAVAILABLE", "It is torn.")]
    [InlineData("setting wrong", 2, "WRONG_SETTING", "It is wrong.")]
    [InlineData("store unusable", 3, "STORE_UNAVAILABLE", "It is not there.")]
    [InlineData("disk full", 2, "FILE_UNUSABLE", "It is full.")]
    [InlineData("file of others", 2, "FILE_UNUSABLE", "It is not yours.")]
    public async Task What_a_verb_did_not_expect_is_one_sentence(string what, int code, string name, string message)
    {
        Assert.Equal(code, await FailAsync(what));
        Assert.Equal((message + Environment.NewLine, ""), (_error.ToString(), _out.ToString()));
        Assert.Equal(code, await FailAsync(what, "--json"));

        Assert.Equal(message + Environment.NewLine, _error.ToString());
        var refused = TokenBuilder.Json(_out.ToString());
        Assert.Equal((name, message), (refused.GetProperty("code").GetString(), refused.GetProperty("message").GetString()));
    }

    private static Exception FailureOf(string what) => what switch
    {
        "interrupted" => new OperationCanceledException(),
        "store away" => new StoreUnavailableException("It is gone."),
        "store torn" => new InvalidDataException("It is torn."),
        "setting wrong" => new StartupException("It is wrong.", StartupException.WrongSetting),
        "store unusable" => new StartupException("It is not there.", StartupException.StoreUnusable),
        "disk full" => new IOException("It is full."),
        _ => new UnauthorizedAccessException("It is not yours."),
    };

    private Task<int> FailAsync(string what, params string[] arguments) =>
        new Verbs([], Terminal).Create("fail", "Fails.", (_, _) => throw FailureOf(what))
            .Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
}
