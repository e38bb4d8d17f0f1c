using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>A line between a core and a server that can be cut, stopped and slowed down.</summary>
internal sealed class FaultyLink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _pairs = new();
    private readonly ConcurrentBag<TcpClient> _silent = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _open = Opened();
    private volatile bool _isCut;
    private volatile int _target;

    public FaultyLink(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>How long every piece of data is held up on its way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Breaks every connection and lets no new one through.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var (near, far) in _pairs)
        {
            near.Close();
            far.Close();
        }
    }

    /// <summary>How many new connections are taken and never answered.</summary>
    public int Unanswered { get; set; }

    /// <summary>Where new connections lead to.</summary>
    public void LeadTo(int target) => _target = target;

    /// <summary>Lets nothing through, without anybody being told.</summary>
    public void Stall() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the line whole again; what was held up goes on.</summary>
    public void Mend()
    {
        _isCut = false;
        _open.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Mend();
        Cut();
        _listener.Stop();
        await _accepting;
        foreach (var silent in _silent)
        {
            silent.Dispose();
        }

        _end.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        opened.SetResult();
        return opened;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_end.Token);
                if (Unanswered > 0)
                {
                    Unanswered--;
                    _silent.Add(near);
                }
                else
                {
                    _ = ServeAsync(near);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                if (_isCut)
                {
                    return;
                }

                await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                _pairs[near] = far;
                await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
            {
                // Closed here or there.
            }
            finally
            {
                _pairs.TryRemove(near, out _);
            }
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _end.Token) is > 0 and var count)
            {
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, TimeProvider.System, _end.Token);
                }

                await _open.Task;
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed here or there.
        }
    }
}
