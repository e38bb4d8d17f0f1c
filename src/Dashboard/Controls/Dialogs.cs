using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>How a dialog's content answers: once, with a value or without.</summary>
public sealed class DialogAnswer<T>(TaskCompletionSource<T?> answer)
    where T : class
{
    public void Give(T value) => answer.TrySetResult(value);

    public void Cancel() => answer.TrySetResult(null);
}

/// <summary>Asks one question at a time and gives a typed answer, or null where it was dismissed. One per circuit.</summary>
public sealed class Dialogs
{
    public event EventHandler? Changed;

    internal OpenDialog? Current { get; private set; }

    /// <summary>Shows any question; the narrower methods below are for the usual ones.</summary>
    /// <param name="title">The dialog's heading and accessible name.</param>
    /// <param name="content">The question; it answers through what it is given.</param>
    public async Task<T?> AskAsync<T>(string title, RenderFragment<DialogAnswer<T>> content)
        where T : class
    {
        Current?.Cancel();

        var source = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new DialogAnswer<T>(source);
        var dialog = new OpenDialog(title, content(answer), answer.Cancel);
        Show(dialog);
        try
        {
            return await source.Task;
        }
        finally
        {
            // A newer question may have taken the place already.
            if (ReferenceEquals(Current, dialog))
            {
                Show(null);
            }
        }
    }

    /// <summary>A plain yes or no. Acts that destroy something ask for a reason instead.</summary>
    public async Task<bool> ConfirmAsync(ConfirmQuestion question) =>
        await AskAsync<string>(question.Title, answer => builder =>
        {
            builder.OpenComponent<ConfirmDialog>(0);
            builder.AddComponentParameter(1, nameof(ConfirmDialog.Question), question);
            builder.AddComponentParameter(2, nameof(ConfirmDialog.Answer), answer);
            builder.CloseComponent();
        }) is not null;

    /// <summary>Asks for the reason of an act that cannot be undone; null where the operator thought better of it.</summary>
    public Task<string?> AskReasonAsync(ReasonQuestion question) =>
        AskAsync<string>(question.Title, answer => builder =>
        {
            builder.OpenComponent<ReasonDialog>(0);
            builder.AddComponentParameter(1, nameof(ReasonDialog.Question), question);
            builder.AddComponentParameter(2, nameof(ReasonDialog.Answer), answer);
            builder.CloseComponent();
        });

    private void Show(OpenDialog? dialog)
    {
        Current = dialog;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}

internal sealed record OpenDialog(string Title, RenderFragment Content, Action Cancel);
