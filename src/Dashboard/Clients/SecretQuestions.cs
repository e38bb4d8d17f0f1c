using Dashboard.Controls;
using Dashboard.Core.Clients;

namespace Dashboard.Clients;

/// <summary>What an administrator is told and asked before a client's secrets change.</summary>
internal static class SecretQuestions
{
    public static ReasonQuestion Add(Client client, TimeSpan? lifetime) => new()
    {
        Title = "Add a secret?",
        Named = ClientQuestions.NameOf(client),
        Consequence = "A new secret is shown to you once. " + (lifetime is { } length ? $"It expires in {DurationText.Of(length)}." : "It never expires."),
        Survives = "The secrets there are, until you delete them: the client can change over without a pause.",
        ActionLabel = "Add secret",
        IsDestructive = false,
    };

    public static ReasonQuestion Delete(Client client, ClientSecret secret) => new()
    {
        Title = "Delete this secret?",
        Named = $"{secret.Prefix}… of {ClientQuestions.NameOf(client)}",
        Consequence = "Whoever still uses it is refused at once.",
        Survives = "The client, its other secrets, and the tokens it has.",
        ActionLabel = "Delete secret",
    };

    public static ReasonQuestion ForceDelete(Client client, ClientSecret secret) => Delete(client, secret) with
    {
        Title = "Delete a secret that may be needed?",
        Consequence = client.Secrets.Count is 1
            ? "It is the last one: the client cannot authenticate until it gets another."
            : $"It was used within the last {ClientLimits.SecretInUseDays} days: whoever uses it is refused at once.",
        TypedWord = "DELETE",
    };

    public static ReasonQuestion NewRegistrationToken(Client client) => new()
    {
        Title = "Make a new registration token?",
        Named = ClientQuestions.NameOf(client),
        Consequence = "A new token is shown to you once. The one before, if there is one, no longer manages this registration.",
        Survives = "The client, its secrets and its tokens.",
        ActionLabel = "Make token",
        IsDestructive = client.RegistrationTokenHash is not null,
    };
}
