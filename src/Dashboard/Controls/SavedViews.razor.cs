using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Controls;

/// <summary>A view that comes with a page. The query is made when it is chosen, because it may hold times.</summary>
public sealed record BuiltInView(string Name, Func<string> Query);

/// <summary>A view that the operator named.</summary>
public sealed record SavedView(string Name, string Query);

/// <summary>Filters to come back to: the page's own, and the operator's, which only their browser keeps.</summary>
public sealed partial class SavedViews(IJSRuntime js, Toasts toasts) : IAsyncDisposable
{
    private const int Most = 20;
    private const int LongestQuery = 2_000;

    // Cancelled, not disposed: a source without a timer holds nothing, and a late answer may still read its token.
    private readonly CancellationTokenSource _left = new();
    private IJSObjectReference? _module;
    private IReadOnlyList<SavedView> _own = [];
    private string _name = "";

    /// <summary>The name under which the browser keeps the operator's views.</summary>
    [Parameter, EditorRequired]
    public string StorageName { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<BuiltInView> BuiltIn { get; set; } = [];

    /// <summary>The query of what is shown now, with its question mark; empty for none.</summary>
    [Parameter, EditorRequired]
    public string Query { get; set; } = "";

    [Parameter, EditorRequired]
    public EventCallback<string> OnSelect { get; set; }

    private bool CanSave => _name.Trim() is not "" && Query is not "" && Query.Length <= LongestQuery;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await js.ImportAsync("./Controls/SavedViews.razor.js", _left.Token);
            if (_module is not null)
            {
                _own = Read(await _module.InvokeAsync<string?>("load", StorageName));
                StateHasChanged();
            }
        }
    }

    private async Task SaveAsync()
    {
        if (CanSave)
        {
            var view = new SavedView(_name.Trim(), Query);
            await KeepAsync([.. _own.Where(other => other.Name != view.Name).Take(Most - 1), view]);
            _name = "";
        }
    }

    private Task RemoveAsync(SavedView view) => KeepAsync([.. _own.Where(other => other != view)]);

    private async Task KeepAsync(IReadOnlyList<SavedView> views)
    {
        _own = views;
        if (_module is null || !await _module.InvokeAsync<bool>("save", StorageName, JsonSerializer.Serialize(views)))
        {
            toasts.Error("This browser keeps nothing for this page, so the view is gone when you leave.");
        }
    }

    // Whatever another version or a person wrote there must not break the page, nor lead elsewhere.
    private static IReadOnlyList<SavedView> Read(string? json)
    {
        try
        {
            var views = json is null ? [] : JsonSerializer.Deserialize<List<SavedView?>>(json) ?? [];
            return [.. views.OfType<SavedView>().Where(IsUsable).DistinctBy(view => view.Name).Take(Most)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static bool IsUsable(SavedView view) =>
        view is { Name: not null, Query: ['?', ..] } && view.Query.Length <= LongestQuery && view.Name.Length <= LongestQuery;

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        await _module.DisposeQuietlyAsync();
    }
}
