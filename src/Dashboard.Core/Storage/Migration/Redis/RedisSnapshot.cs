namespace Dashboard.Core.Storage.Migration.Redis;

/// <summary>The tables as they are by the time they are read: Redis keeps no older state to read from.</summary>
internal sealed class RedisSnapshot : IStoreSnapshot
{
    public bool IsOfOneMoment => false;

    public IStoreTable TableOf(StoreTable table) => table.Redis;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
