namespace Dashboard.Controls;

/// <summary>One timer per circuit, however many relative times a page shows. Runs only while somebody listens.</summary>
public sealed class MinuteTicks(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Action? _listeners;
    private ITimer? _timer;

    public void Add(Action listener)
    {
        lock (_lock)
        {
            _listeners += listener;
            _timer ??= clock.CreateTimer(_ => _listeners?.Invoke(), null, Minute, Minute);
        }
    }

    public void Remove(Action listener)
    {
        lock (_lock)
        {
            _listeners -= listener;
            if (_listeners is null)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    public void Dispose() => _timer?.Dispose();
}
