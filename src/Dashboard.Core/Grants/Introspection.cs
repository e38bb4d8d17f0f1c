using Dashboard.Core.Clients;
using Dashboard.Core.Events;

namespace Dashboard.Core.Grants;

/// <summary>Tells clients and operators about tokens (RFC 7662): no more than each of them may know.</summary>
public sealed class Introspection
{
    /// <summary>What a token says; null where it is not active, or not for whoever asks to know.</summary>
    /// <param name="client">The client that asks; null for an operator, who may ask about every token.</param>
    /// <param name="token">An access or refresh token.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public Task<IntrospectionAnswer?> IntrospectAsync(
        Client? client, string token, RequestOrigin origin, CancellationToken cancellationToken) => throw new NotSupportedException();
}
