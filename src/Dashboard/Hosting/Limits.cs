using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dashboard.Hosting;

/// <summary>
/// How much of a request is read at most, and how long one may hold up the end. The server itself enforces most of it.
/// </summary>
internal static class Limits
{
    /// <summary>Bytes of a body, whether announced or chunked.</summary>
    public const int Body = 1024 * 1024;

    /// <summary>How long whatever is still going on may take once the process was asked to end.</summary>
    public static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(10);

    private const int Headers = 32 * 1024;
    private const int HeaderCount = 60;
    private const int FormKeys = 50;
    private const int FormKey = 256;
    private const int FormValue = 256 * 1024;
    private const double SlowestBody = 240;
    private static readonly TimeSpan BodyGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = Body;
        options.Limits.MaxRequestHeadersTotalSize = Headers;
        options.Limits.MaxRequestHeaderCount = HeaderCount;
        options.Limits.RequestHeadersTimeout = HeadersTimeout;
        options.Limits.MinRequestBodyDataRate = new MinDataRate(SlowestBody, BodyGrace);
    }

    public static void Apply(FormOptions options)
    {
        options.ValueCountLimit = FormKeys;
        options.KeyLengthLimit = FormKey;
        options.ValueLengthLimit = FormValue;
        options.MultipartBodyLengthLimit = Body;
        options.BufferBodyLengthLimit = Body;
    }

    /// <summary>How many bytes of a body an endpoint takes: its own limit, or that of every request.</summary>
    public static long BodyOf(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? Body;

    /// <summary>A body beyond the limit of its endpoint; null where it was going nowhere.</summary>
    public static ProblemResult TooLarge(Endpoint? endpoint) => Problems.Create(
        ErrorCode.RequestTooLarge,
        $"The body is larger than this endpoint takes: {BodyOf(endpoint)} bytes.",
        ("size_limit", BodyOf(endpoint)));
}
