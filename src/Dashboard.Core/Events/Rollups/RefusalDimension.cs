namespace Dashboard.Core.Events.Rollups;

/// <summary>By what refusals are counted apart, beside their code.</summary>
public enum RefusalDimension
{
    Client,
    Endpoint,
    Address,
    Subject,
}
