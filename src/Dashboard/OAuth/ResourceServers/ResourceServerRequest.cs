using Dashboard.Core.Clients.Authentication;

namespace Dashboard.OAuth.ResourceServers;

/// <summary>A request of a client that an administrator made an API: that gave it audiences, or every token to introspect.</summary>
internal static class ResourceServerRequest
{
    public static async Task<ClientRequest> ReadAsync(
        HttpContext context, ClientAuthentication authentication, CancellationToken cancellationToken)
    {
        var request = await ClientRequest.ReadAsync(context, authentication, cancellationToken);
        return request is ClientRequest.Good { Client.IsResourceServer: false }
            ? new ClientRequest.Refused(OAuthRefusal.NotForClient(
                "Only a client that proves who it is and that an administrator gave an audience may do this."))
            : request;
    }
}
