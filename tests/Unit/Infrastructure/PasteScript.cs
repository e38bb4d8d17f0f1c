using System.Text;
using Bunit;
using Dashboard.Controls;
using Microsoft.JSInterop;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Stands in for the script beside <see cref="PasteBox"/>.</summary>
internal sealed class PasteScript(BunitContext context)
{
    private readonly BunitJSModuleInterop _module = Load(context);

    /// <summary>Pastes, as the script would tell it.</summary>
    public async Task PasteAsync(IRenderedComponent<PasteBox> box, string text)
    {
        _module.Setup<int>("length", _ => true).SetResult(text.Length);
        _module.Setup<IJSStreamReference>("read", _ => true)
            .SetResult(new Streamed(text[..Math.Min(text.Length, box.Instance.LongestText)]));
        await box.InvokeAsync(box.Instance.ChangedAsync);
    }

    private static BunitJSModuleInterop Load(BunitContext context)
    {
        var module = context.JSInterop.SetupModule("./Controls/PasteBox.razor.js");
        module.Mode = JSRuntimeMode.Loose;
        return module;
    }

    private sealed class Streamed(string text) : IJSStreamReference
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);

        public long Length => _bytes.Length;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512_000, CancellationToken cancellationToken = default)
        {
            Assert.True(_bytes.Length <= maxAllowedSize);
            return new ValueTask<Stream>(new MemoryStream(_bytes, writable: false));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
