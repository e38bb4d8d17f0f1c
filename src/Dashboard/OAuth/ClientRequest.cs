using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Authentication;
using Dashboard.Hosting;

namespace Dashboard.OAuth;

/// <summary>A request of a client: read, and of a client that proved who it is, or refused.</summary>
internal abstract record ClientRequest
{
    private ClientRequest()
    {
    }

    public sealed record Good(Client Client, OAuthForm Form) : ClientRequest;

    public sealed record Refused(OAuthRefusal Refusal) : ClientRequest;

    public static async Task<ClientRequest> ReadAsync(
        HttpContext context, ClientAuthentication authentication, CancellationToken cancellationToken)
    {
        var (form, unreadable) = await OAuthForm.ReadAsync(context.Request, cancellationToken);
        if (form is null)
        {
            return new Refused(unreadable!);
        }

        if (CallerCredentials.FaultOf(context.Request, form, out var credential) is { } fault)
        {
            return new Refused(fault);
        }

        switch (await authentication.AuthenticateAsync(credential, context.Origin(), cancellationToken))
        {
            case ClientAuthOutcome.Accepted { Client: var client }:
                // For whoever records what becomes of it.
                context.Features.Set(client);
                return new Good(client, form);
            case ClientAuthOutcome.Refused { Description: var description }:
                return new Refused(OAuthRefusal.InvalidClient(description).AsRecorded());
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }
}
