namespace Dashboard.Core.Events;

/// <summary>Is told of what this node recorded, after it was stored. Register any number of them.</summary>
public interface IEventWatcher
{
    /// <summary>Never waits and never fails: what takes long is only noted here.</summary>
    void Stored(IReadOnlyList<SecurityEvent> events);
}
