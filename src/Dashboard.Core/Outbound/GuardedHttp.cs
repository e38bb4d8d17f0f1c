using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Outbound;

/// <summary>
/// The one way to an address that somebody else chose or answers at: https, to the internet and not into our network, no
/// redirects, five seconds, 64 KB. A name is looked up once, and the connection goes to the address that was checked.
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    private const int MostBytes = 64 * 1024;
    private const int MostHeaderKilobytes = 16;

    /// <summary>How long a fetch takes at most, from the look-up to the last byte.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;
    private readonly HttpClient _internet;
    private readonly HttpClient _anywhere;
    private readonly TimeProvider _clock;
    private readonly ILogger<GuardedHttp> _logger;

    public GuardedHttp(TimeProvider clock, ILogger<GuardedHttp> logger)
        : this(Dns.GetHostAddressesAsync, PublicAddresses.Contains, null, clock, logger)
    {
    }

    /// <summary>For tests, which have no internet.</summary>
    internal GuardedHttp(
        Func<string, CancellationToken, Task<IPAddress[]>> lookUp,
        Func<IPAddress, bool> isInternet,
        RemoteCertificateValidationCallback? trust,
        TimeProvider clock,
        ILogger<GuardedHttp> logger)
    {
        (_lookUp, _clock, _logger) = (lookUp, clock, logger);

        // Two, which share no connection: one that was made for whom private addresses are allowed serves nobody else.
        _internet = Create(isInternet, trust);
        _anywhere = Create(_ => true, trust);
    }

    /// <summary>Fetches what is at an address.</summary>
    /// <param name="address">An absolute https URL.</param>
    /// <param name="mayBePrivate">True where whoever runs Signet named the address, and says that it is in their network.</param>
    /// <param name="cancellationToken">Ends the fetching.</param>
    public async Task<Fetched> FetchAsync(string address, bool mayBePrivate, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo is not "")
        {
            return Fetched.Failed("It is no https address.");
        }

        // The client's own patience would end with the headers.
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var answer = await (mayBePrivate ? _anywhere : _internet)
                .GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Note(uri, answer.StatusCode is HttpStatusCode.OK
                ? await ReadAsync(answer, limit.Token)
                : Fetched.Refused(answer.StatusCode));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Note(uri, Fetched.Failed(exception), exception.Message);
        }
    }

    /// <summary>Posts JSON. An answer that says anything but 2xx is a fault, and so is a redirect.</summary>
    /// <param name="address">An absolute https URL; where it may be private, http too.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="headers">Sent with it.</param>
    /// <param name="mayBePrivate">True where whoever runs Signet says that this host may be in their network.</param>
    /// <param name="cancellationToken">Ends the posting.</param>
    public async Task<Posted> PostAsync(
        string address,
        byte[] body,
        IReadOnlyList<(string Name, string Value)> headers,
        bool mayBePrivate,
        CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo is not ""
            || !(uri.Scheme == Uri.UriSchemeHttps || (mayBePrivate && uri.Scheme == Uri.UriSchemeHttp)))
        {
            return Posted.Failed("It is no https address.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Signet", null));
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var patience = new CancellationTokenSource(Patience, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var answer = await (mayBePrivate ? _anywhere : _internet)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await PostedAnswer.ReadAsync(answer, _clock.GetUtcNow(), limit.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var fault = Fetched.Failed(exception).Fault!;
            _logger.AddressFailed(uri.IdnHost, fault, exception.Message);
            return Posted.Failed(fault);
        }
    }

    public void Dispose()
    {
        _internet.Dispose();
        _anywhere.Dispose();
    }

    private Fetched Note(Uri uri, Fetched fetched, string? reason = null)
    {
        if (fetched.Fault is { } fault)
        {
            _logger.AddressFailed(uri.IdnHost, fault, reason);
        }

        return fetched;
    }

    private static async Task<Fetched> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostBytes + 1];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read <= MostBytes
            ? new Fetched(buffer[..read], null)
            : Fetched.Failed($"Its answer is longer than {MostBytes / 1024} KB.");
    }

    private HttpClient Create(Func<IPAddress, bool> isAllowed, RemoteCertificateValidationCallback? trust) =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, isAllowed, cancellationToken),
            SslOptions = { RemoteCertificateValidationCallback = trust },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private async ValueTask<Stream> ConnectAsync(
        DnsEndPoint place, Func<IPAddress, bool> isAllowed, CancellationToken cancellationToken)
    {
        var addresses = await _lookUp(place.Host, cancellationToken);
        if (addresses is [] || !Array.TrueForAll(addresses, address => isAllowed(address)))
        {
            throw new RefusedAddressException("Its name leads to no public address, or not to public ones alone.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, place.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
