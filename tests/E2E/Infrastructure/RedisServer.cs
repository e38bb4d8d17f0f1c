using System.Diagnostics;
using System.Net.Sockets;
using Dashboard.Tests.E2E.Infrastructure;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>A real redis-server of the tests' own, on a free port, that has written a change to disk before it says so.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signet-redis-");
    private readonly int _port = Ports.Free();
    private readonly Process _process;

    private RedisServer()
    {
        _process = Process.Start(new ProcessStartInfo("redis-server",
        [
            "--port", $"{_port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "",
            "--appendonly", "yes", "--appendfsync", "always",
        ])
        { UseShellExecute = false, RedirectStandardOutput = true })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
    }

    /// <summary>As <c>Storage:Redis</c> takes it.</summary>
    public string Address => $"127.0.0.1:{_port}";

    public static async Task<RedisServer> StartAsync()
    {
        var redis = new RedisServer();
        await Eventually.AsyncTrue(redis.AnswersAsync);
        return redis;
    }

    /// <summary>Environment variables of a Signet that works on this server.</summary>
    /// <param name="prefix">What is shared by those who give the same.</param>
    public (string Name, string? Value)[] Settings(string prefix) =>
    [
        ("Storage__Kind", "redis"),
        ("Storage__Redis", Address),
        ("Storage__RedisPrefix", prefix),

        // Browsers, nodes and tests share two cores: what is slow here says nothing about Redis.
        ("Storage__Timeout", "00:00:20"),
    ];

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", _port);
            await using var stream = socket.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray());
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync() is "+PONG";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}

/// <summary>The server of all tests; started by the first that needs it, whichever fixture or test that is.</summary>
public sealed class SharedRedis : IAsyncDisposable
{
    private static readonly Lazy<Task<RedisServer>> Server = new(RedisServer.StartAsync);

    public static Task<RedisServer> StartedAsync() => Server.Value;

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated)
        {
            await (await Server.Value).DisposeAsync();
        }
    }
}
