using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>The sample agent as its own process: an API that takes the tokens of a Signet, as a client of it.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    public const string Audience = "scoped-agent";

    private readonly Dictionary<string, string> _settings;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private AgentProcess(Dictionary<string, string> settings)
    {
        _settings = settings;
        Address = new Uri($"http://localhost:{Ports.Free()}");
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public string ClientId => _settings["Signet__ClientId"];

    /// <summary>Registers the agent as an administrator would, and starts it.</summary>
    public static async Task<AgentProcess> StartAsync(Uri signet, HttpClient administrator, params (string Name, string Value)[] settings)
    {
        var made = await administrator.PostJsonAsync(
            "/dashboard/clients",
            new
            {
                client_name = "Scoped agent",
                grant_types = new[] { "client_credentials" },
                audiences = new[] { Audience },
                reason = "a test",
            },
            201);
        Dictionary<string, string> all = new(StringComparer.Ordinal)
        {
            ["Signet__Issuer"] = signet.ToString().TrimEnd('/'),
            ["Signet__ClientId"] = made.GetProperty("client_id").GetString()!,
            ["Signet__ClientSecret"] = made.GetProperty("client_secret").GetString()!,
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var agent = new AgentProcess(all);
        await agent.RestartAsync();
        return agent;
    }

    /// <summary>Starts it again, on the same port.</summary>
    public async Task RestartAsync()
    {
        var program = typeof(AgentProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ScopedAgent").Value!;
        var start = new ProcessStartInfo("dotnet", [Path.GetFullPath(program), $"--urls={Address.ToString().TrimEnd('/')}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(program)),
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.AsyncTrue(IsUpAsync);
    }

    /// <summary>Ends the process at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Calls a skill; gives the answer's status and the text of its first artifact, or null where it has none.</summary>
    public async Task<(HttpStatusCode Status, string? Text)> AskAsync(string? token, string? skillId)
    {
        using var answer = await PostAsync(token, new
        {
            jsonrpc = "2.0",
            id = "1",
            method = "message/send",
            @params = new
            {
                message = new { role = "user", messageId = "m1", parts = new[] { new { kind = "text", text = "good morning" } } },
                skillId,
            },
        });
        if (answer.StatusCode is not HttpStatusCode.OK)
        {
            return (answer.StatusCode, null);
        }

        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, json.TryGetProperty("result", out var task)
            ? task.GetProperty("artifacts")[0].GetProperty("parts")[0].GetProperty("text").GetString()
            : null);
    }

    /// <summary>Sends a body to where the agent is called.</summary>
    public async Task<HttpResponseMessage> PostAsync(string? token, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }
    }

    private async Task<bool> IsUpAsync()
    {
        Assert.False(_process!.HasExited, Output());
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Output()
    {
        lock (_output)
        {
            return _output.ToString();
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
