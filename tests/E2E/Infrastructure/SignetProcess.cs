using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>
/// Signet as its users run it: its own process, its own data folder, a free port. All that it writes into its log and sends as
/// telemetry is searched for <see cref="Secrets"/> in the end, whatever the test was about.
/// </summary>
public sealed partial class SignetProcess : IAsyncDisposable
{
    public const string Password = "a long enough test password";

    public const string Fingerprint = "tests-own-fingerprint-0001";

    private readonly bool _ownsFolder;
    private readonly (string Name, string? Value)[] _settings;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private SignetProcess(string folder, bool ownsFolder, (string Name, string? Value)[] settings)
    {
        (Folder, _ownsFolder, _settings) = (folder, ownsFolder, settings);
        Address = new Uri($"http://localhost:{Ports.Free()}");
        Http = Client();
    }

    public string Folder { get; }

    public Uri Address { get; }

    /// <summary>Follows no redirects and keeps no cookies.</summary>
    public HttpClient Http { get; }

    /// <summary>Everything the process has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Everything the process has sent as telemetry so far; the last of it arrives when it is stopped.</summary>
    public string Telemetry => Collector.SentBy(Name);

    private string Name => Path.GetFileName(Folder);

    /// <summary>Starts Signet and waits until it is ready.</summary>
    /// <param name="folder">An existing data folder, which is kept; null for a new one, which is deleted in the end.</param>
    /// <param name="settings">More environment variables, also for restarts; a null value removes one.</param>
    public static async Task<SignetProcess> StartAsync(string? folder = null, params (string Name, string? Value)[] settings)
    {
        var path = folder ?? Path.Combine(Path.GetTempPath(), $"signet-e2e-{Guid.CreateVersion7():N}");
        var signet = new SignetProcess(path, folder is null, [.. await StoreKinds.DefaultAsync(path), .. settings]);
        await signet.RestartAsync();
        return signet;
    }

    /// <summary>Starts the process again on the same store and port.</summary>
    /// <param name="settings">More environment variables for this start alone; a null value removes one.</param>
    public async Task RestartAsync(params (string Name, string? Value)[] settings)
    {
        var start = StartInfo($"--urls={Address.ToString().TrimEnd('/')}", $"--Signet:DataFolder={Folder}");
        start.Environment["SIGNET_ADMIN_PASSWORD"] = Password;
        foreach (var (name, value) in Watched().Concat(_settings).Concat(settings))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync();
    }

    /// <summary>Runs the program to its end, for starts that must fail; gives its exit code and all it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartInfo(arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Begins a command, for tests that end it; nobody reads what it says.</summary>
    public static Process Begin(params string[] arguments)
    {
        var process = Process.Start(StartInfo(arguments))!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Ends the process at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Asks the process to end, as service managers do (SIGTERM), and waits until it has, without a fault.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Signet does not end:\n{Output}");
        }

        Assert.True(_process.ExitCode == 0, $"Signet ended with {_process.ExitCode}:\n{Output}");
        _process.Dispose();
        _process = null;
    }

    /// <summary>Logs in as the administrator and gives a client that sends the token and the fingerprint.</summary>
    public Task<HttpClient> LoginAsync() => LoginAsync("admin", Password);

    /// <summary>The same for another operator.</summary>
    public async Task<HttpClient> LoginAsync(string userName, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login");
        request.Headers.Add("X-Client-Fingerprint", Fingerprint);
        request.Content = JsonContent.Create(new { username = userName, password });
        using var answer = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", json.GetProperty("access_token").GetString());
        client.DefaultRequestHeaders.Add("X-Client-Fingerprint", Fingerprint);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        if (_ownsFolder && Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        var (written, sent) = (Secrets.FindIn(FirstPassword().Replace(Output, "")), Secrets.FindIn(Telemetry));
        Collector.Forget(Name);
        Assert.True(written is null, $"Signet wrote a secret: {written}");
        Assert.True(sent is null, $"Signet sent a secret as telemetry: {sent}");
    }

    private HttpClient Client() =>
        new(new SecretWatch(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })) { BaseAddress = Address };

    // Sends often, so that little is lost where it is killed.
    private IEnumerable<(string Name, string? Value)> Watched()
    {
        Secrets.Note(Password);
        return
        [
            ("Telemetry__OtlpEndpoint", Collector.AddressFor(Name).ToString()),
            ("Telemetry__Protocol", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "5000"),
            ("Logging__LogLevel__Dashboard", "Trace"),
        ];
    }

    /// <summary>The program that is tested.</summary>
    public static string Program { get; } = Path.GetFullPath(typeof(SignetProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Program").Value!);

    /// <summary>The folder of everything that belongs to it.</summary>
    public static string Repository { get; } = FindRepository();

    private static string FindRepository()
    {
        var folder = Path.GetDirectoryName(Program)!;
        while (!File.Exists(Path.Combine(folder, "Dashboard.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static ProcessStartInfo StartInfo(params string[] arguments) => new("dotnet", [Program, .. arguments])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
    };

    private async Task WaitUntilReadyAsync()
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (_process!.HasExited)
            {
                throw new InvalidOperationException($"Signet ended with {_process.ExitCode}:\n{Output}");
            }

            try
            {
                using var answer = await Http.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new TimeoutException($"Signet was not ready within a minute:\n{Output}");
    }

    // No log, and printed because nobody else could tell it.
    [GeneratedRegex(@"Signet is new\. Sign in at .*\n.*\n\s+password .*", RegexOptions.NonBacktracking)]
    private static partial Regex FirstPassword();

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
