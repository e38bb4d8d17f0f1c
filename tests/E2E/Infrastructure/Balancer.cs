using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>A real nginx with docs/deploy/nginx.conf: only ports, names and paths are other ones than users have.</summary>
public sealed class Balancer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signet-nginx-");
    private readonly int _port = Ports.Free();
    private Process? _process;
    private string? _thumbprint;

    public Uri Address => new($"https://localhost:{_port}");

    /// <summary>Where plain http is sent away.</summary>
    public int PlainPort { get; } = Ports.Free();

    private string Log => Path.Combine(_folder.FullName, "access.log");

    /// <summary>What was answered so far, in order.</summary>
    public async Task<IReadOnlyList<BalancedAnswer>> AnswersAsync() =>
        [.. (await File.ReadAllLinesAsync(Log)).Select(BalancedAnswer.Parse)];

    public async Task StartAsync(SignetProcess first, SignetProcess second)
    {
        WriteCertificate();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "signet.conf"), await ConfigureAsync(first, second));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "nginx.conf"), $$"""
            {{(Environment.UserName is "root" ? "user root;" : "")}}
            daemon off;
            worker_processes 2;
            pid {{_folder}}/nginx.pid;
            error_log {{_folder}}/error.log;
            events { }
            http {
                log_format answers "$status $request_method $uri $upstream_addr";
                access_log {{Log}} answers;
                client_body_temp_path {{_folder}}/body;
                proxy_temp_path {{_folder}}/proxy;
                fastcgi_temp_path {{_folder}}/fastcgi;
                uwsgi_temp_path {{_folder}}/uwsgi;
                scgi_temp_path {{_folder}}/scgi;
                include {{_folder}}/signet.conf;
            }
            """);
        _process = Process.Start(new ProcessStartInfo(
            File.Exists(Program) ? Program : "nginx",
            ["-p", _folder.FullName, "-c", "nginx.conf", "-e", Path.Combine(_folder.FullName, "error.log")])
        { UseShellExecute = false })!;
        using var client = Client();
        await Eventually.AsyncTrue(() => AnswersAsync(client));
    }

    /// <summary>A client that trusts the balancer, follows no redirects and keeps no cookies.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, found, _, _) => found?.GetCertHashString() == _thumbprint },
    })
    { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            // Workers go with their master where that is asked to end, and stay where it is killed.
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<string> ConfigureAsync(SignetProcess first, SignetProcess second)
    {
        var file = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../docs/deploy/nginx.conf"));
        var text = await File.ReadAllTextAsync(file);
        foreach (var (users, ours) in new[]
        {
            ("server 10.0.0.11:5000 ", $"server 127.0.0.1:{first.Address.Port} "),
            ("server 10.0.0.12:5000 ", $"server 127.0.0.1:{second.Address.Port} "),
            ("listen 443 ", $"listen 127.0.0.1:{_port} "),
            ("listen 80;", $"listen 127.0.0.1:{PlainPort};"),
            ("server_name signet.example.com;", "server_name localhost;"),
            ("/etc/ssl/signet/", $"{_folder}/"),
        })
        {
            Assert.Contains(users, text, StringComparison.Ordinal);
            text = text.Replace(users, ours, StringComparison.Ordinal);
        }

        return text;
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _thumbprint = certificate.GetCertHashString();
        File.WriteAllText(Path.Combine(_folder.FullName, "fullchain.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "privkey.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task<bool> AnswersAsync(HttpClient client)
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException(
                $"nginx ended with {_process.ExitCode}:\n{await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "error.log"))}");
        }

        try
        {
            using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
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
