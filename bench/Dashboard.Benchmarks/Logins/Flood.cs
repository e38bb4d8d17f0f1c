using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace Dashboard.Benchmarks.Logins;

/// <summary>Bad logins at a thousand names from two hundred addresses, fifty at a time.</summary>
internal sealed class Flood : IDisposable
{
    private const int Names = 1_000;
    private const int Addresses = 200;
    private const int Parallel = 50;

    private readonly HttpClient[] _clients;
    private readonly int[] _answers = new int[600];
    private int _sent;

    public Flood(SignetServer server) => _clients =
    [
        .. Enumerable.Range(0, Addresses).Select(number => server.Client(new IPAddress([127, 0, 1, (byte)(number + 1)]))),
    ];

    /// <summary>How many answers there were of each status.</summary>
    public string Answers => string.Join(", ", _answers
        .Select((count, status) => (count, status)).Where(item => item.count > 0).Select(item => $"{item.count:N0} times {item.status}"));

    /// <summary>Sends until there is enough.</summary>
    /// <param name="perSecond">How many in a second; null for as many as the machine can.</param>
    /// <param name="enough">Ends it.</param>
    public Task RunAsync(double? perSecond, CancellationToken enough)
    {
        var began = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => Task.Run(() => SendAsync(perSecond, began, enough))));
    }

    public void Dispose() => Array.ForEach(_clients, client => client.Dispose());

    private async Task SendAsync(double? perSecond, long began, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sent);
            if (perSecond is { } rate
                && TimeSpan.FromSeconds(number / rate) - Stopwatch.GetElapsedTime(began) is var pause && pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, TimeProvider.System, enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login")
            {
                Content = JsonContent.Create(new { username = $"name-{number % Names}", password = "not the password" }),
            };
            request.Headers.Add("X-Client-Fingerprint", $"fingerprint-of-a-stranger-{number}");
            using var answer = await _clients[number % Addresses].SendAsync(request, CancellationToken.None);
            Interlocked.Increment(ref _answers[(int)answer.StatusCode]);
        }
    }
}
