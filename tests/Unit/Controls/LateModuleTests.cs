using Bunit;
using Dashboard.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Dashboard.Tests.Unit.Controls;

/// <summary>A page that is left while a script of it is still on its way.</summary>
public sealed class LateModuleTests : BunitContext
{
    private readonly LateScripts _scripts = new();

    public LateModuleTests()
    {
        Services.AddControls();
        Services.AddSingleton<IJSRuntime>(_scripts);
    }

    public static TheoryData<string> Controls => ["chart", "mark", "box", "views"];

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Module_that_comes_after_the_page_was_left_starts_nothing_and_breaks_nothing(string control)
    {
        var place = Render<Place>(parameters => parameters.Add(item => item.Content, ContentOf(control)));
        place.Render(parameters => parameters.Add(item => item.Content, builder => builder.AddContent(0, "the next page")));

        await place.InvokeAsync(_scripts.ComeAsync);

        Assert.Contains("the next page", place.Markup, StringComparison.Ordinal);
        Assert.Empty(_scripts.Module.Calls);
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    private static RenderFragment ContentOf(string control) => builder =>
    {
        switch (control)
        {
            case "chart":
                builder.OpenComponent<StackedChart>(0);
                builder.AddComponentParameter(1, "Label", "Refusals");
                builder.AddComponentParameter(2, "Count", 1);
                builder.AddComponentParameter(3, "Width", TimeSpan.FromHours(1));
                builder.AddComponentParameter(4, "TextOf", (Func<int, string>)(step => $"step {step}"));
                break;
            case "mark":
                builder.OpenComponent<ScrollMark>(0);
                break;
            case "box":
                builder.OpenComponent<PasteBox>(0);
                builder.AddComponentParameter(1, "Id", "box");
                builder.AddComponentParameter(2, "LongestText", 10);
                break;
            default:
                builder.OpenComponent<SavedViews>(0);
                break;
        }

        builder.CloseComponent();
    };

    private sealed class Place : ComponentBase
    {
        [Parameter]
        public RenderFragment Content { get; set; } = null!;

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Content);
    }

    // As the browser does it: what is asked for stays on its way until somebody lets it come.
    private sealed class LateScripts : IJSRuntime
    {
        private readonly TaskCompletionSource _come = new();

        public LateModule Module { get; } = new();

        public Task ComeAsync()
        {
            _come.SetResult();
            return Task.CompletedTask;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            await _come.Task.WaitAsync(cancellationToken);
            return (TValue)(object)Module;
        }
    }

    private sealed class LateModule : IJSObjectReference
    {
        public List<string> Calls { get; } = [];

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            Calls.Add(identifier);
            return ValueTask.FromException<TValue>(new JSException("The element is gone."));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
