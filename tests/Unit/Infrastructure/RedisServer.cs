using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dashboard.Tests.Unit.Infrastructure;

[assembly: AssemblyFixture(typeof(RedisServer))]

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>A real redis-server of the tests' own, on a free port, keeping its data in a folder that goes with it.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private readonly string[] _arguments;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signet-redis-");
    private Process? _process;

    public RedisServer()
        : this([]) => Shared = this;

    /// <summary>A server with further settings, such as <c>--maxmemory 2mb</c>.</summary>
    internal RedisServer(params string[] arguments) => _arguments = arguments;

    /// <summary>The one that all tests share.</summary>
    internal static RedisServer Shared { get; private set; } = null!;

    public int Port { get; } = FreePort();

    /// <summary>As <c>Storage:Redis</c> takes it.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Where it keeps its data: all commands in the order they came, in clear.</summary>
    internal IEnumerable<string> Files => Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories);

    /// <summary>Settings of a core that uses this server and shares nothing with other tests.</summary>
    internal Dictionary<string, string?> Settings(string? prefix = null) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Storage:Kind"] = "redis",
        ["Storage:Redis"] = Address,
        ["Storage:RedisPrefix"] = prefix ?? $"test-{Guid.CreateVersion7():N}",

        // Many tests share two cores and one thread pool: what is slow here says nothing about Redis.
        ["Storage:Timeout"] = "00:00:20",
    };

    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Starts the process and waits until it answers.</summary>
    internal async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("redis-server",
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "",
            "--appendonly", "yes", "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0",
            "--repl-diskless-sync-delay", "0", .. _arguments,
        ])
        { UseShellExecute = false, RedirectStandardOutput = true })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        await Eventually.TrueAsync(async () => await TellAsync("PING") is "+PONG");
    }

    /// <summary>Ends the process at once, as <c>kill -9</c> does; its files stay.</summary>
    internal async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>
    /// Sends one command without a client and gives the first line of the answer, or of the text that it is; null where
    /// nobody answers.
    /// </summary>
    internal async Task<string?> TellAsync(params string[] command)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            await using var stream = socket.GetStream();
            await using var writer = new StreamWriter(stream);
            await writer.WriteAsync($"*{command.Length}\r\n{string.Concat(command.Select(word => $"${word.Length}\r\n{word}\r\n"))}");
            await writer.FlushAsync();
            using var reader = new StreamReader(stream);
            var line = await reader.ReadLineAsync();
            return line is ['$', not '-', ..] ? await reader.ReadLineAsync() : line;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _folder.Delete(recursive: true);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
