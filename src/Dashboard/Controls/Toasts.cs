namespace Dashboard.Controls;

/// <summary>One short message at the corner of the page.</summary>
/// <param name="Id">Tells it from others.</param>
/// <param name="IsError">True where something went wrong.</param>
/// <param name="Text">Data, not markup.</param>
/// <param name="Href">Where one sees more; null for an outcome that is said whole.</param>
public sealed record Toast(long Id, bool IsError, string Text, string? Href = null);

/// <summary>Tells the outcome of an act without taking the focus. One per circuit.</summary>
public sealed class Toasts(TimeProvider clock)
{
    private static readonly TimeSpan SuccessLifetime = TimeSpan.FromSeconds(6);
    private const int Most = 4;

    private readonly List<Toast> _shown = [];
    private long _last;

    public event EventHandler? Changed;

    public IReadOnlyList<Toast> Shown => _shown;

    /// <summary>Leaves by itself. Call on the circuit's own thread of work, as event handlers do.</summary>
    public void Success(string text) => _ = LeaveAsync(Add(isError: false, text));

    /// <summary>Stays until it is dismissed: an error that vanishes cannot be read twice.</summary>
    public void Error(string text) => Add(isError: true, text);

    /// <summary>Something happened that nobody here did. Stays until it is dismissed or followed.</summary>
    public void Notice(string text, string href) => Add(isError: true, text, href);

    public void Dismiss(Toast toast)
    {
        if (_shown.Remove(toast))
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private Toast Add(bool isError, string text, string? href = null)
    {
        var toast = new Toast(++_last, isError, text, href);
        _shown.Add(toast);
        if (_shown.Count > Most)
        {
            _shown.RemoveAt(0);
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return toast;
    }

    private async Task LeaveAsync(Toast toast)
    {
        await Task.Delay(SuccessLifetime, clock);
        Dismiss(toast);
    }
}
