using Dashboard.Core.Clients;

namespace Dashboard.Hosting.Clients;

/// <summary>Why nothing was changed, in the words of pages and API.</summary>
internal static class ClientRefusals
{
    public const string Unknown = "There is no client with this id, or it has ended.";

    public const string NoChange = "It is so already. Nothing was changed.";

    public static string Describe(ClientUpdate update) => update switch
    {
        ClientUpdate.Unknown => Unknown,
        ClientUpdate.Already => NoChange,
        ClientUpdate.Overtaken =>
            "Somebody else changed this client since it was read. Nothing was changed: look at it as it is now, then try again.",
        ClientUpdate.NotWaiting => "This client does not wait for approval. Nothing was changed.",
        ClientUpdate.SecretInUse { Secret: var secret } =>
            $"The secret {secret.Prefix}… may still be needed: it was used within the last {ClientLimits.SecretInUseDays} days, or is the last one. Say that you mean it (force) to delete it all the same.",
        ClientUpdate.Invalid { Faults: var faults } => string.Join(' ', faults.Select(fault => $"{fault.Field} {fault.Message}.")),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no refusal."),
    };
}
