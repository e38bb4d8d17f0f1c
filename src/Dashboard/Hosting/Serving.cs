using System.Net.Sockets;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.Connections;

namespace Dashboard.Hosting;

/// <summary>Listens until the process is asked to end.</summary>
internal static class Serving
{
    private const string HostLog = "Microsoft.Extensions.Hosting.Internal.Host";

    private static volatile bool _hasStarted;

    /// <summary>
    /// Keeps the host from logging why the start failed: the exception arrives at <see cref="ServeAsync"/>, which says it in
    /// a sentence instead of a stack trace. Afterwards the host logs what it always logs.
    /// </summary>
    public static void UseServing(this WebApplicationBuilder builder) =>
        builder.Logging.AddFilter(HostLog, level => level >= LogLevel.Information && (level is not LogLevel.Error || _hasStarted));

    /// <summary>Starts, serves, and cleans up in the end.</summary>
    /// <exception cref="StartupException">One of the addresses cannot be listened on; the message says which and what to do.</exception>
    public static async Task ServeAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
            _hasStarted = true;
            await app.WaitForShutdownAsync();
        }
        catch (Exception exception) when (!_hasStarted && FaultOf(exception, app) is { } fault)
        {
            // Workers that began before the server could not are asked to end; disposing alone would look like their failure.
            await app.StopAsync();
            throw new StartupException(fault, StartupException.WrongSetting, exception);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static string? FaultOf(Exception exception, WebApplication app) => exception switch
    {
        IOException { InnerException: AddressInUseException } =>
            $"{Places(app)} cannot be listened on: another program uses the port. End it, or choose another address with --urls.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"{Places(app)} cannot be listened on: this account may not use the port. Choose a port from 1024 on with --urls.",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            $"{Places(app)} cannot be listened on: the address is none of this machine's. Choose another with --urls.",
        _ => null,
    };

    private static string Places(WebApplication app) =>
        string.Join(", ", SignetDefaults.Addresses(app.Configuration[WebHostDefaults.ServerUrlsKey] ?? SignetDefaults.DefaultAddress));
}
