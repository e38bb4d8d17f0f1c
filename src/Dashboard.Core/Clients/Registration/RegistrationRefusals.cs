using Dashboard.Core.Clients.Metadata;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients.Registration;

/// <summary>Refuses registrations, and records each refusal.</summary>
public sealed class RegistrationRefusals
{
    /// <summary>What is wrong with a client that asks for tokens of its own alone, and may not have them.</summary>
    internal static readonly FieldFault NothingLeft = new(
        "grant_types", "must hold authorization_code: client_credentials alone is for clients with an initial access token");

    private const int MostNamed = 5;

    private readonly EventLog _events;
    private readonly TimeProvider _clock;

    internal RegistrationRefusals(EventLog events, TimeProvider clock) => (_events, _clock) = (events, clock);

    /// <summary>Refuses.</summary>
    /// <param name="error">Why.</param>
    /// <param name="description">Why, for people; holds nothing of the request.</param>
    /// <param name="clientId">Whose registration it is about; null where there is none yet.</param>
    /// <param name="origin">Where the request came from.</param>
    public RegistrationOutcome.Refused Refuse(
        RegistrationError error, string description, string? clientId, RequestOrigin origin)
    {
        _events.Record(new SecurityEvent
        {
            At = _clock.GetUtcNow(),
            Kind = EventKinds.RegistrationRefused,
            Outcome = EventOutcome.Refused,
            Code = error.Code,
            Client = clientId,
            Origin = origin,
            Detail = description,
        });
        return new RegistrationOutcome.Refused(error, description);
    }

    /// <summary>Refuses for what is wrong with a document.</summary>
    public RegistrationOutcome.Refused Refuse(IReadOnlyList<FieldFault> faults, string? clientId, RequestOrigin origin)
    {
        var more = faults.Count > MostNamed ? $"; and {faults.Count - MostNamed} more." : ".";
        return Refuse(
            faults.All(fault => fault.Field.StartsWith(ClientMetadataRules.RedirectUris, StringComparison.Ordinal))
                ? RegistrationError.InvalidRedirectUri
                : RegistrationError.InvalidMetadata,
            string.Join("; ", faults.Take(MostNamed).Select(fault => $"{fault.Field} {fault.Message}")) + more,
            clientId,
            origin);
    }
}
