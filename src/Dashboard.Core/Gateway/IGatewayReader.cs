using Dashboard.Core.Primitives;

namespace Dashboard.Core.Gateway;

/// <summary>Reads a running gateway, and changes nothing there.</summary>
public interface IGatewayReader
{
    /// <summary>All that it keeps.</summary>
    /// <param name="connection">Where it keeps it; may hold a password.</param>
    /// <param name="password">The password, where that does not name one; null for none.</param>
    /// <param name="progress">Is told now and then how much was read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StartupException">It cannot be read.</exception>
    Task<GatewayData> ReadAsync(
        string connection, string? password, IProgress<GatewayProgress>? progress, CancellationToken cancellationToken);
}
