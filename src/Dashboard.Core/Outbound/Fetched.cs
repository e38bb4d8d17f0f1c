using System.Net;
using System.Net.Sockets;

namespace Dashboard.Core.Outbound;

/// <summary>What came of a fetch.</summary>
/// <param name="Body">What is there; null where it cannot or must not be fetched.</param>
/// <param name="Fault">Why it was not, in a sentence for people that quotes nothing of what was answered; null where it was.</param>
internal readonly record struct Fetched(byte[]? Body, string? Fault)
{
    public static Fetched Failed(string fault) => new(null, fault);

    /// <summary>An answer that is not the thing itself.</summary>
    public static Fetched Refused(HttpStatusCode status) => Failed((int)status is >= 300 and < 400
        ? $"It answers with status {(int)status}; redirects are not followed."
        : $"It answers with status {(int)status} instead of 200.");

    /// <summary>No answer at all.</summary>
    public static Fetched Failed(Exception exception) => Failed(exception switch
    {
        OperationCanceledException => "It does not answer within five seconds.",
        _ when RefusedAddressIn(exception) is { } refused => refused.Message,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            "No secure connection can be made: nobody trusted vouches for its certificate, or it speaks no TLS.",
        _ when SocketErrorIn(exception) is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData =>
            "Its name cannot be found.",
        _ when SocketErrorIn(exception) is SocketError.ConnectionRefused => "Nobody listens there.",
        _ => "The connection fails.",
    });

    private static RefusedAddressException? RefusedAddressIn(Exception? exception) => exception switch
    {
        null => null,
        RefusedAddressException refused => refused,
        _ => RefusedAddressIn(exception.InnerException),
    };

    private static SocketError? SocketErrorIn(Exception? exception) => exception switch
    {
        null => null,
        SocketException socket => socket.SocketErrorCode,
        _ => SocketErrorIn(exception.InnerException),
    };
}

/// <summary>A name led where nobody may be called.</summary>
internal sealed class RefusedAddressException(string message) : Exception(message);
