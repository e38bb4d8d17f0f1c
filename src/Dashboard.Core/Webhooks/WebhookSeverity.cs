namespace Dashboard.Core.Webhooks;

/// <summary>How urgent a message is, the least urgent first. Stable: receivers and stores match on the names.</summary>
public enum WebhookSeverity
{
    Information,
    Warning,
    Critical,
}
