namespace Dashboard.Core.Events.Rollups;

/// <summary>How wide the steps are in which refusals are counted. Finer ones are kept for a shorter time.</summary>
public enum RollupGrain
{
    Minute,
    Hour,
    Day,
}
