using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>A page's search: says what was typed once the typing pauses.</summary>
public sealed partial class SearchField(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(300);

    private readonly string _id = ElementId.Next("search");
    private readonly string _hintId = ElementId.Next("search-hint");
    private CancellationTokenSource _newest = new();
    private string _text = "";
    private string? _said;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Placeholder { get; set; }

    /// <summary>What is searched, in a sentence.</summary>
    [Parameter]
    public string? Hint { get; set; }

    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    [Parameter, EditorRequired]
    public EventCallback<string> ValueChanged { get; set; }

    protected override void OnParametersSet()
    {
        // Only a value from elsewhere replaces what stands in the field: the answer to older text must not.
        if (Value != _said)
        {
            _text = _said = Value;
        }
    }

    private async Task TypedAsync(string? text)
    {
        _text = text ?? "";
        await _newest.CancelAsync();
        _newest = new CancellationTokenSource();
        var stop = _newest.Token;
        try
        {
            await Task.Delay(Debounce, clock, stop);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        _said = _text.Trim();
        await ValueChanged.InvokeAsync(_said);
    }

    // Cancelled, not disposed: a source without a timer holds nothing.
    public void Dispose() => _newest.Cancel();
}
