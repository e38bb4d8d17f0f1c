using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Clients.Authentication;

/// <summary>
/// The one way to an address that a client chose: https, to the internet and not into our network, no redirects, five
/// seconds, 64 KB. A name is looked up once, and the connection goes to the address that was checked.
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    private const int MostBytes = 64 * 1024;
    private const int MostHeaderKilobytes = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;
    private readonly Func<IPAddress, bool> _isAllowed;
    private readonly HttpClient _client;
    private readonly TimeProvider _clock;
    private readonly ILogger<GuardedHttp> _logger;

    public GuardedHttp(TimeProvider clock, ILogger<GuardedHttp> logger)
        : this(Dns.GetHostAddressesAsync, PublicAddresses.Contains, null, clock, logger)
    {
    }

    /// <summary>For tests, which have no internet.</summary>
    internal GuardedHttp(
        Func<string, CancellationToken, Task<IPAddress[]>> lookUp,
        Func<IPAddress, bool> isAllowed,
        RemoteCertificateValidationCallback? trust,
        TimeProvider clock,
        ILogger<GuardedHttp> logger)
    {
        (_lookUp, _isAllowed, _clock, _logger) = (lookUp, isAllowed, clock, logger);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = ConnectAsync,
            SslOptions = { RemoteCertificateValidationCallback = trust },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The body of what is there; null where it cannot or must not be fetched.</summary>
    public async Task<byte[]?> FetchAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo is not "")
        {
            return null;
        }

        // The client's own patience would end with the headers.
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var answer = await _client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return answer.StatusCode is HttpStatusCode.OK ? await ReadAsync(answer, limit.Token) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            _logger.ClientAddressFailed(uri.IdnHost, exception.Message);
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private static async Task<byte[]?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostBytes + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read <= MostBytes ? buffer[..read] : null;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _lookUp(context.DnsEndPoint.Host, cancellationToken);
        if (addresses is [] || !Array.TrueForAll(addresses, address => _isAllowed(address)))
        {
            throw new HttpRequestException("The name leads to no public address, or not to public ones alone.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
