using Dashboard.Commands;

namespace Dashboard.Tests.Unit.Commands;

public sealed class CommandArgumentsTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("--urls=http://localhost:1", false)]
    [InlineData("--urls http://localhost:1", false)]
    [InlineData("--Storage:Kind redis --Storage:Redis=localhost", false)]
    [InlineData("Storage:Kind=redis", false)]
    [InlineData("--environment=Development --contentRoot=/x --applicationName=Dashboard", false)]
    [InlineData("--SIGNET_MASTER_KEY abc", false)]
    [InlineData("--JWT_SECRET abc", false)]
    [InlineData("--LIVEKIT_API_KEY=devkey", false)]
    [InlineData("--contentRoot /x --webroot y --http_ports 8080", false)]
    [InlineData("/urls http://localhost:1", false)]
    [InlineData("--json tokens list", true)]
    [InlineData("--yes", true)]
    [InlineData("--limit=5 tokens list", true)]
    [InlineData("-v tokens list", true)]
    [InlineData("Storage:Kind=redis stats", true)]
    [InlineData("--Storage:Kind redis --json stats", true)]
    [InlineData("migrate --from sqlite", true)]
    [InlineData("--Storage:Redis=localhost migrate", true)]
    [InlineData("--Storage:Redis localhost migrate", true)]
    [InlineData("unknown", true)]
    [InlineData("--help", true)]
    [InlineData("--version", true)]
    public void Without_a_verb_it_serves(string line, bool isCommand) =>
        Assert.Equal(isCommand, CommandLine.IsFor(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("migrate --yes --Storage:Redis=x --json", "--Storage:Redis=x", "migrate --yes --json")]
    [InlineData("migrate --Signet:DataFolder x --json", "--Signet:DataFolder x", "migrate --json")]
    [InlineData("--SIGNET_MASTER_KEY_FILE=x migrate --redis a:1", "--SIGNET_MASTER_KEY_FILE=x", "migrate --redis a:1")]
    public void Settings_are_told_from_the_rest_wherever_they_stand(string line, string settings, string rest)
    {
        var split = CommandArguments.Split(line.Split(' '));

        Assert.Equal((settings, rest), (string.Join(' ', split.Settings), string.Join(' ', split.Rest)));
    }
}
