using System.Net;
using System.Net.Sockets;
using Dashboard.Commands;
using Dashboard.Tests.Unit.Architecture;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>Verbs for whoever deploys Signet.</summary>
public sealed class DeploymentCommandTests : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData(64)]
    [InlineData(32, "--length", "32")]
    [InlineData(1_024, "--length", "1024")]
    public async Task A_secret_has_the_length_that_was_asked_for_and_is_another_each_time(int length, params string[] arguments)
    {
        Assert.Equal(0, await RunAsync(["secret", "generate", .. arguments]));
        var one = Answer();
        Assert.Equal(0, await RunAsync(["secret", "generate", .. arguments]));

        Assert.Equal(length, one.Length);
        Assert.NotEqual(one, Answer());
        Assert.Matches("^[A-Za-z0-9_-]+$", one);
    }

    [Theory]
    [InlineData("31", "32 to 1024")]
    [InlineData("1025", "32 to 1024")]
    [InlineData("many", "many")]
    public async Task A_secret_that_could_be_guessed_is_not_made(string length, string fault)
    {
        Assert.Equal(2, await RunAsync("secret", "generate", "--length", length));

        Assert.Equal("", Answer());
        Assert.Contains(fault, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_shown_with_where_they_come_from_and_secrets_are_masked()
    {
        await using var runner = await CommandRunner.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["JWT_SECRET"] = new string('s', 64), ["Tokens:ClockSkew"] = "00:00:10" });

        var all = await runner.ReadAsync("config", "show");
        Assert.Equal(0, await runner.RunAsync("config", "show", "clockskew", "--changed"));

        Assert.DoesNotContain("ssssssss", all.ToString(), StringComparison.Ordinal);
        Assert.True(all.GetProperty("total").GetInt32() > 50);
        Assert.Matches(@"Tokens:ClockSkew +00:00:10 +command line", runner.Answer());
    }

    [Fact]
    public async Task Settings_that_are_kept_in_the_store_are_left_out_where_there_is_none()
    {
        Assert.Equal(0, await RunAsync("config", "show", "Signet:Issuer", "--Signet:DataFolder=/nowhere/at/all"));

        Assert.Contains("The store was not read", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Signet:Issuer", Answer(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Every setting can be used")]
    [InlineData(2, "Tokens:ClockSkew", "--Tokens:ClockSkew=long")]
    [InlineData(2, "Storage:Kind", "--Storage:Kind=paper")]
    public async Task A_check_names_the_setting_that_is_wrong(int code, string text, params string[] arguments)
    {
        Assert.Equal(code, await RunAsync(["config", "check", .. arguments]));

        Assert.Contains(text, Answer() + _error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_no_where_nobody_answers_or_somebody_is_not_ready()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();

        Assert.Equal(1, await RunAsync("health", "--url", $"http://127.0.0.1:{port}"));
        Assert.Contains("does not answer", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync("health", "--url", "localhost"));
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "compdef ")]
    [InlineData("fish", "complete -f")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task A_shell_completes_with_a_script_that_asks_the_program(string shell, string command)
    {
        Assert.Equal(0, await RunAsync("completion", shell));

        var script = Answer();
        Assert.Contains(command, script, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("[suggest:10]", "signet ope"));
        Assert.Contains("operators", Answer(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("[suggest:12]", "signet keys "));
        Assert.Contains("reencrypt", Answer(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_verb_and_option_says_what_it_is()
    {
        var root = CommandLine.CreateRoot([], new CommandConsole(_out, _error, null));

        foreach (var verb in All(root))
        {
            Assert.False(string.IsNullOrWhiteSpace(verb.Description), verb.Name);
            Assert.All(verb.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{verb.Name} {option.Name}"));
            Assert.All(verb.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), $"{verb.Name} {argument.Name}"));
        }

        Assert.Equal(0, await RunAsync("operators", "reset", "--help"));
        var help = Answer();
        Assert.Contains("--dry-run", help, StringComparison.Ordinal);
        Assert.Matches(@"Usage:\s+signet operators reset <", help);
    }

    [Fact]
    public async Task The_page_about_the_verbs_is_what_they_say_of_themselves()
    {
        Assert.Equal(0, await RunAsync("reference"));

        Assert.Equal(SourceFile.Read("docs/commands.md"), _out.ToString());
    }

    private static IEnumerable<System.CommandLine.Command> All(System.CommandLine.Command command) =>
        command.Subcommands.SelectMany(All).Append(command);

    private string Answer()
    {
        var answer = _out.ToString().Trim();
        _out.GetStringBuilder().Clear();
        return answer;
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(arguments, new CommandConsole(_out, _error, null));
}
