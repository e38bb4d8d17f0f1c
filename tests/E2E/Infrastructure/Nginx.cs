using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>A real nginx with a configuration of docs/deploy: only ports, names and paths are other ones than users have.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signet-nginx-");
    private Process? _process;
    private string? _thumbprint;

    public int Port { get; } = Ports.Free();

    public Uri Address => new($"https://localhost:{Port}");

    /// <summary>What was answered so far: status, method, path and the addresses that were asked.</summary>
    public string Log => Path.Combine(_folder.FullName, "access.log");

    private string Errors => Path.Combine(_folder.FullName, "error.log");

    /// <summary>Starts it, and waits until a path is answered.</summary>
    /// <param name="name">The file in docs/deploy.</param>
    /// <param name="probe">A path that is answered with success once everything runs.</param>
    /// <param name="more">Servers that users do not have.</param>
    /// <param name="changes">What users change, and into what; each must be there.</param>
    public async Task StartAsync(string name, string probe, string more, params (string Theirs, string Ours)[] changes)
    {
        WriteCertificate();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "signet.conf"), await ConfigureAsync(name, changes) + more);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "nginx.conf"), $$"""
            {{(Environment.UserName is "root" ? "user root;" : "")}}
            daemon off;
            worker_processes 2;
            pid {{_folder}}/nginx.pid;
            error_log {{Errors}};
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
            File.Exists(Program) ? Program : "nginx", ["-p", _folder.FullName, "-c", "nginx.conf", "-e", Errors])
        { UseShellExecute = false })!;
        using var client = Client();
        await Eventually.AsyncTrue(() => AnswersAsync(client, probe));
    }

    /// <summary>A client that trusts it, follows no redirects and keeps no cookies.</summary>
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

    private async Task<string> ConfigureAsync(string name, (string Theirs, string Ours)[] changes)
    {
        var file = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../docs/deploy", name));
        var text = await File.ReadAllTextAsync(file);
        (string Theirs, string Ours)[] all =
            [("listen 443 ", $"listen 127.0.0.1:{Port} "), ("/etc/ssl/signet/", $"{_folder}/"), .. changes];
        foreach (var (theirs, ours) in all)
        {
            Assert.Contains(theirs, text, StringComparison.Ordinal);
            text = text.Replace(theirs, ours, StringComparison.Ordinal);
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

    private async Task<bool> AnswersAsync(HttpClient client, string probe)
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"nginx ended with {_process.ExitCode}:\n{await File.ReadAllTextAsync(Errors)}");
        }

        try
        {
            using var answer = await client.GetAsync(new Uri(probe, UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
