using System.Net;
using System.Threading.Channels;
using System.Web;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>A program on this computer that wants to act for people: it listens for the answer on loopback, as native clients do.</summary>
internal sealed class ClientApp : IDisposable
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private readonly HttpListener _listener = new();
    private readonly Channel<IReadOnlyDictionary<string, string>> _answers = Channel.CreateUnbounded<IReadOnlyDictionary<string, string>>();
    private readonly string _id;

    private ClientApp(string id, int port)
    {
        (_id, Redirect) = (id, $"http://127.0.0.1:{port}/back");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _ = ThankAsync();
    }

    /// <summary>Where answers go: another port than the one that was registered.</summary>
    public string Redirect { get; }

    /// <summary>Registers the program, under a name.</summary>
    public static async Task<ClientApp> RegisterAsync(HttpClient administrator, string name)
    {
        var made = await administrator.PostJsonAsync(
            "/dashboard/clients",
            new
            {
                client_name = name,
                token_endpoint_auth_method = "none",
                application_type = "native",
                grant_types = new[] { "authorization_code", "refresh_token" },
                redirect_uris = new[] { "http://127.0.0.1/back" },
                scope = "read files:write",
                verified = false,
                reason = "a test",
            },
            201);
        return new ClientApp(made.GetProperty("client_id").GetString()!, Ports.Free());
    }

    /// <summary>What the program asks a person to open.</summary>
    public string AddressFor(string state, string? redirect = null) =>
        $"/oauth/authorize?response_type=code&client_id={_id}&redirect_uri={Uri.EscapeDataString(redirect ?? Redirect)}"
        + $"&state={Uri.EscapeDataString(state)}&code_challenge={Challenge}&code_challenge_method=S256&scope=read%20files:write";

    /// <summary>The next answer.</summary>
    public async Task<IReadOnlyDictionary<string, string>> WaitForAnswerAsync() =>
        await _answers.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

    public void Dispose() => _listener.Close();

    // At once: a browser that is sent here waits for the page before it lets the test go on.
    private async Task ThankAsync()
    {
        try
        {
            while (_listener.IsListening)
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "text/html";
                context.Response.Close("<!DOCTYPE html><html lang=en><title>Done</title><link rel=icon href=data:,><h1>Back in the program</h1>"u8.ToArray(), willBlock: true);
                if (context.Request.Url is { AbsolutePath: "/back" } address)
                {
                    var query = HttpUtility.ParseQueryString(address.Query);
                    await _answers.Writer.WriteAsync(query.AllKeys.ToDictionary(key => key!, key => query[key]!, StringComparer.Ordinal));
                }
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }
}
