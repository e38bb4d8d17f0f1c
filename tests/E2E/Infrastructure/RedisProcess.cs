using System.Diagnostics;
using System.Net.Sockets;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>A real redis-server on a free port; what it holds goes with it.</summary>
public sealed class RedisProcess : IAsyncDisposable
{
    private readonly Process _process;

    private RedisProcess(int port)
    {
        Address = $"127.0.0.1:{port}";
        _process = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", ""])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
    }

    /// <summary>As <c>Storage:Redis</c> takes it.</summary>
    public string Address { get; }

    /// <summary>Starts it and waits until it takes connections.</summary>
    public static async Task<RedisProcess> StartAsync()
    {
        var port = SignetProcess.FreePort();
        var redis = new RedisProcess(port);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", port, limit.Token);
                return redis;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
