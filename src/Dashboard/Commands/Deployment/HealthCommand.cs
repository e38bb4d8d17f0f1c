using System.CommandLine;
using System.Net;
using Dashboard.Hosting;

namespace Dashboard.Commands.Deployment;

/// <summary><c>health</c>: whether a running Signet can do its work, for containers that hold no other program to ask with.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Option<Uri?> Address = new("--url")
    {
        Description = "Where it listens; the first configured address where not given.",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address)
                && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            {
                return address;
            }

            result.AddError("--url must be an http or https address, such as http://localhost:8001.");
            return null;
        },
    };

    public static Command Create(Verbs verbs) => verbs.Create(
        "health",
        "Asks a running Signet whether it is ready. Ends with 0 where it is, with 1 where it is not or does not answer.",
        (run, stop) => run.Parsed.GetValue(Address) is { } address
            ? AskAsync(run, address, stop)
            : run.WithSettingsAsync(app => AskAsync(run, new Uri(SignetDefaults.AddressOf(app.Configuration)), stop)),
        Address);

    private static async Task<int> AskAsync(CommandRun run, Uri address, CancellationToken cancellationToken)
    {
        var asked = new Uri(address, Health.ReadyPath);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(asked, cancellationToken);
            return answer.StatusCode is HttpStatusCode.OK
                ? run.Answer(new { status = "ready", address = asked }, $"{address} is ready.")
                : run.Refuse("NOT_READY", $"{address} is not ready: it answered {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return run.Refuse("NO_ANSWER", $"{address} does not answer. Is Signet running there?");
        }
    }
}
