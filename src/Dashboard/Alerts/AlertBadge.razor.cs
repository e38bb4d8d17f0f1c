using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;

namespace Dashboard.Alerts;

/// <summary>
/// How many alerts wait for somebody, and a message when one opens: each once on a circuit, and none of those that were open
/// before it. It outlives every page, so a store that is away must not end it.
/// </summary>
public sealed partial class AlertBadge(AlertBook book, CurrentOperator current, Toasts toasts) : IDisposable
{
    // More at once are one message: whoever is flooded needs the list.
    private const int MostTold = 3;
    private const int MostRead = 100;

    private readonly CancellationTokenSource _left = new();
    private long? _toldUpTo;
    private int _waiting;

    private string Text => CountText.Of(_waiting, "alert");

    private async Task LookAsync()
    {
        try
        {
            if (!await current.MayAsync(Right.ReadAlerts))
            {
                _waiting = 0;
                return;
            }

            if (_toldUpTo is { } number)
            {
                Tell(await book.ReadOpenedAfterAsync(number, MostRead, _left.Token));
            }
            else
            {
                _toldUpTo = await book.ReadNewestNumberAsync(_left.Token);
            }

            _waiting = await book.CountOpenAsync(_left.Token);
        }
        catch (StoreUnavailableException)
        {
            // What was last known stands; the next change of any alert is the next try. The health dot says what is wrong.
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The circuit ended.
        }
    }

    private void Tell(IReadOnlyList<Alert> opened)
    {
        foreach (var alert in opened.Take(opened.Count > MostTold ? MostTold - 1 : MostTold))
        {
            toasts.Notice($"{AlertWords.TitleOf(alert.Severity)}: {alert.Title}", AlertsAddress.OfAlert(alert.Id));
        }

        if (opened.Count > MostTold)
        {
            toasts.Notice($"{opened.Count - MostTold + 1} more alerts opened", AlertsAddress.Path);
        }

        _toldUpTo = opened is [.., var last] ? last.Number : _toldUpTo;
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
