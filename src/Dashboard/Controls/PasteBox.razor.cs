using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Controls;

/// <summary>What somebody pasted or typed.</summary>
/// <param name="Text">The text, at most as long as the box allows.</param>
/// <param name="WasCut">True where there was more of it.</param>
public sealed record PastedInput(string Text, bool WasCut);

/// <summary>
/// A large field for foreign text. The text is streamed when it was pasted, when typing pauses and on Ctrl-Enter; it goes
/// nowhere but to <see cref="OnText"/>: into no attribute, no address and no browser storage.
/// </summary>
public sealed partial class PasteBox(IJSRuntime js) : IAsyncDisposable
{
    // One UTF-16 unit is at most three bytes of UTF-8.
    private const int MostBytesPerCharacter = 3;

    // Cancelled, not disposed: a source without a timer holds nothing, and a late answer may still read its token.
    private readonly CancellationTokenSource _left = new();
    private ElementReference _field;
    private IJSObjectReference? _module;
    private DotNetObjectReference<PasteBox>? _self;
    private bool _hasText;
    private int _newest;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The field's id; unique on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Characters beyond this many are left in the browser.</summary>
    [Parameter, EditorRequired]
    public int LongestText { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string ActionLabel { get; set; } = "Inspect";

    /// <summary>Takes the focus when it appears.</summary>
    [Parameter]
    public bool AutoFocus { get; set; }

    /// <summary>Set while nothing else wants the room.</summary>
    [Parameter]
    public bool IsTall { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<PastedInput> OnText { get; set; }

    private string HintId => $"{Id}-hint";

    /// <summary>Called by the script when there is new text.</summary>
    [JSInvokable]
    public async Task ChangedAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    /// <summary>Puts text into the field and reads it, as if it had been pasted.</summary>
    public async Task FillAsync(string text)
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("fill", _field, text);
            await ReadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await js.ImportAsync("./Controls/PasteBox.razor.js", _left.Token);
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("start", _field, _self, AutoFocus);
            }
        }
    }

    private Task ClearAsync() => FillAsync("");

    private async Task ReadAsync()
    {
        if (_module is null)
        {
            return;
        }

        // A large text takes a while; only the newest reading counts.
        var reading = ++_newest;
        var length = await _module.InvokeAsync<int>("length", _field);
        var text = length is 0 ? "" : await StreamAsync(_module);
        if (reading == _newest)
        {
            _hasText = length > 0;
            await OnText.InvokeAsync(new PastedInput(text, length > LongestText));
        }
    }

    private async Task<string> StreamAsync(IJSObjectReference module)
    {
        await using var reference = await module.InvokeAsync<IJSStreamReference>("read", _field, LongestText);
        await using var stream = await reference.OpenReadStreamAsync((long)LongestText * MostBytesPerCharacter);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _module.DisposeQuietlyAsync();
        _self?.Dispose();
    }
}
