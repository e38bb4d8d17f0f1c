using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Dashboard.Benchmarks.Logins;

/// <summary>Signet as its users run it, on this machine, on a store of its own.</summary>
internal sealed class SignetServer : IAsyncDisposable
{
    public const string Password = "a long enough bench password";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"signet-bench-{Guid.CreateVersion7():N}");
    private readonly Process _process;

    private SignetServer(string? redis)
    {
        var port = FreePort();
        Address = new Uri($"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo("dotnet", [Program, $"--urls={Address}", $"--Signet:DataFolder={_folder}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SIGNET_ADMIN_PASSWORD"] = Password;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        if (redis is not null)
        {
            start.Environment["Storage__Kind"] = "redis";
            start.Environment["Storage__Redis"] = new Uri(redis).Authority;
            start.Environment["Storage__RedisPrefix"] = $"bench-{port}";
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>Resident memory, in MB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    private static string Program => Path.GetFullPath(
        "../../../../../src/Dashboard/bin/Release/net10.0/Dashboard.dll", AppContext.BaseDirectory);

    public static async Task<SignetServer> StartAsync(string? redis)
    {
        var server = new SignetServer(redis);
        using var http = new HttpClient { BaseAddress = server.Address };
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return server;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new TimeoutException("Signet was not ready within half a minute.");
    }

    /// <summary>A client whose connections come from an address of this machine.</summary>
    public HttpClient Client(IPAddress? source = null) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (source is not null)
            {
                socket.Bind(new IPEndPoint(source, 0));
            }

            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
