using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>
/// A collector of telemetry (OTLP over HTTP) for every Signet of all tests. It keeps what it is sent: the texts of a protobuf message
/// can be read in its bytes.
/// </summary>
internal static class Collector
{
    private static readonly ConcurrentDictionary<string, StringBuilder> Received = new(StringComparer.Ordinal);

    private static readonly Lazy<Uri> Address = new(Start);

    /// <summary>Where one Signet sends to.</summary>
    public static Uri AddressFor(string name) => new(Address.Value, name);

    /// <summary>All that one Signet sent so far, each message behind the path it came to.</summary>
    public static string SentBy(string name)
    {
        if (!Received.TryGetValue(name, out var sent))
        {
            return "";
        }

        lock (sent)
        {
            return sent.ToString();
        }
    }

    /// <summary>Forgets what it sent.</summary>
    public static void Forget(string name) => Received.TryRemove(name, out _);

    private static Uri Start()
    {
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        var listener = new HttpListener();
        listener.Prefixes.Add(address.ToString());
        listener.Start();
        _ = ListenAsync(listener);
        return address;
    }

    private static async Task ListenAsync(HttpListener listener)
    {
        while (true)
        {
            _ = KeepAsync(await listener.GetContextAsync());
        }
    }

    private static async Task KeepAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await using var sent = context.Request.Headers["Content-Encoding"] is "gzip"
                ? new GZipStream(context.Request.InputStream, CompressionMode.Decompress)
                : context.Request.InputStream;
            await sent.CopyToAsync(body);
            var path = context.Request.Url!.AbsolutePath.Split('/', 3);
            var kept = Received.GetOrAdd(path[1], _ => new StringBuilder());
            lock (kept)
            {
                // Byte by byte, so that nothing is lost of what is no text.
                kept.Append(path[2]).Append('\n').Append(Encoding.Latin1.GetString(body.ToArray())).Append('\n');
            }

            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException)
        {
            // A Signet that was killed does not end what it sends.
        }
    }
}
