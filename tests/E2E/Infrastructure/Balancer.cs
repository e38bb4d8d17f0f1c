using System.Globalization;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>A real nginx with docs/deploy/nginx.conf before two nodes.</summary>
public sealed class Balancer : IAsyncDisposable
{
    private readonly Nginx _nginx = new();

    public Uri Address => _nginx.Address;

    /// <summary>Where plain http is sent away.</summary>
    public int PlainPort { get; } = Ports.Free();

    /// <summary>What was answered so far, in order.</summary>
    public async Task<IReadOnlyList<BalancedAnswer>> AnswersAsync() =>
        [.. (await File.ReadAllLinesAsync(_nginx.Log)).Select(BalancedAnswer.Parse)];

    public Task StartAsync(SignetProcess first, SignetProcess second) => _nginx.StartAsync(
        "nginx.conf",
        "/readyz",
        "",
        ("server 10.0.0.11:5000 ", $"server 127.0.0.1:{first.Address.Port} "),
        ("server 10.0.0.12:5000 ", $"server 127.0.0.1:{second.Address.Port} "),
        ("listen 80;", $"listen 127.0.0.1:{PlainPort};"),
        ("server_name signet.example.com;", "server_name localhost;"));

    /// <summary>A client that trusts the balancer, follows no redirects and keeps no cookies.</summary>
    public HttpClient Client() => _nginx.Client();

    public ValueTask DisposeAsync() => _nginx.DisposeAsync();
}

/// <summary>One answer of the balancer, and the port of the node that gave it in the end.</summary>
public sealed record BalancedAnswer(int Status, string Method, string Path, int? Port)
{
    // The nodes that were tried stand one after the other, the one that answered last.
    public static BalancedAnswer Parse(string line)
    {
        var parts = line.Split(' ', 4);
        var address = parts[3].Split(',')[^1];
        return new BalancedAnswer(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            parts[1],
            parts[2],
            int.TryParse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture, out var port) ? port : null);
    }
}
