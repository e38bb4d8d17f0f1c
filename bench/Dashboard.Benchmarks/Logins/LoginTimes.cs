using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Dashboard.Benchmarks.Logins;

/// <summary>
/// Claim to defend: ten thousand bad logins from two hundred addresses leave the p99 of good requests within three times the
/// quiet one: of a login from a known device, and of validating a good token.
/// </summary>
internal static class LoginTimes
{
    private const int Goal = 3;
    private const int Logins = 40;
    private const int BadLogins = 10_000;
    private const string Fingerprint = "fingerprint-of-the-bench-0001";

    private static readonly TimeSpan LoginInterval = TimeSpan.FromMilliseconds(1_500);
    private static readonly TimeSpan ValidationInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts Signet, measures it quiet and beside two floods, and prints both.</summary>
    /// <param name="redis">A Redis to keep things in; null for a file.</param>
    public static async Task RunAsync(string? redis)
    {
        ThreadPool.SetMinThreads(32, 32);
        await using var server = await SignetServer.StartAsync(redis);
        using var client = server.Client();
        var device = await KnownDevice.SignInAsync(client);
        var token = await MintAsync(client, await LoginAsync(client, device));
        await MeasureAsync(client, device, token, 5);

        var memory = server.Memory;
        var quiet = await MeasureAsync(client, device, token, Logins);
        Print("quiet", quiet, null);
        await FloodAsync("10,000 bad logins", BadLogins / (Logins * LoginInterval).TotalSeconds);
        await FloodAsync("as many as can be sent", null);
        Console.WriteLine($"memory of the server: {memory:F0} MB before, {server.Memory:F0} MB after");

        async Task FloodAsync(string name, double? perSecond)
        {
            using var flood = new Flood(server);
            using var enough = new CancellationTokenSource();
            var flooding = flood.RunAsync(perSecond, enough.Token);
            var busy = await MeasureAsync(client, device, token, Logins);
            await enough.CancelAsync();
            await flooding;
            Print($"{name}: {flood.Answers}", busy, quiet);
        }
    }

    private static void Print(string name, Times times, Times? quiet)
    {
        Console.WriteLine(name);
        Print("  login from a known device", times.Logins, quiet?.Logins);
        Print("  validate a good token", times.Validations, quiet?.Validations);
    }

    private static void Print(string name, List<double> times, List<double>? quiet)
    {
        var ratio = quiet is null ? "" : $"p99 {At(times, 0.99) / At(quiet, 0.99):F2} times the quiet one (goal {Goal})";
        Console.WriteLine($"{name,-28} p50 {At(times, 0.5),7:F1} ms   p99 {At(times, 0.99),7:F1} ms   {ratio}");
    }

    private static double At(List<double> times, double part)
    {
        times.Sort();
        return times[Math.Min(times.Count - 1, (int)(times.Count * part))];
    }

    private static async Task<Times> MeasureAsync(
        HttpClient client, string device, string token, int logins)
    {
        using var done = new CancellationTokenSource();
        var validations = AtRateAsync(ValidationInterval, int.MaxValue, () => ValidateAsync(client, token), done.Token);
        var times = await AtRateAsync(LoginInterval, logins, () => LoginAsync(client, device), CancellationToken.None);
        await done.CancelAsync();
        return new Times(times, await validations);
    }

    // Timed from when each should have begun, so that waiting for a slow one counts.
    private static async Task<List<double>> AtRateAsync(
        TimeSpan interval, int most, Func<Task> request, CancellationToken enough)
    {
        var began = Stopwatch.GetTimestamp();
        List<Task<double>> running = [];
        for (var number = 0; number < most && !enough.IsCancellationRequested; number++)
        {
            var due = interval * number;
            if (due - Stopwatch.GetElapsedTime(began) is var pause && pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
            }

            running.Add(Task.Run(async () =>
            {
                await request();
                return (Stopwatch.GetElapsedTime(began) - due).TotalMilliseconds;
            }, CancellationToken.None));
        }

        return [.. await Task.WhenAll(running)];
    }

    private static async Task<string> LoginAsync(HttpClient client, string device)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login")
        {
            Content = JsonContent.Create(new { username = "admin", password = SignetServer.Password }),
        };
        request.Headers.Add("X-Client-Fingerprint", Fingerprint);
        request.Headers.Add("Cookie", device);
        return await ReadTokenAsync(client, request);
    }

    private static async Task<string> MintAsync(HttpClient client, string bearer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dashboard/tokens")
        {
            Content = JsonContent.Create(new { subject = "bench", scope = "read" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        request.Headers.Add("X-Client-Fingerprint", Fingerprint);
        return await ReadTokenAsync(client, request);
    }

    private static async Task ValidateAsync(HttpClient client, string token)
    {
        using var answer = await client.PostAsJsonAsync(new Uri("/auth/validate", UriKind.Relative), new { token });
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<string> ReadTokenAsync(HttpClient client, HttpRequestMessage request)
    {
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private sealed record Times(List<double> Logins, List<double> Validations);
}
