using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Primitives;
using Dashboard.Core.Webhooks;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Webhooks;

/// <summary>One webhook: facts, changes, a test, and what was sent to it. Which page of that is shown stands in the address.</summary>
public sealed partial class WebhookPage(
    WebhookSources sources, WebhookActs acts, CurrentOperator current, NavigationManager navigation) : IDisposable
{
    private const int PageSize = 25;

    private readonly CancellationTokenSource _left = new();
    private readonly PageTrail _trail = new();
    private ListPosition _position = ListPosition.First;

    // What the rows on the screen answer, until those of the address are there.
    private ListPosition _shown = ListPosition.First;
    private Webhook? _webhook;
    private Page<WebhookDelivery>? _page;
    private WebhookForm? _form;

    // What the form began with: a change that somebody else makes meanwhile must not be lost.
    private Webhook? _edited;
    private IReadOnlyList<FieldFault> _faults = [];
    private WebhookDelivery? _tested;
    private string? _failure;
    private string? _secret;
    private string? _loadedId;
    private bool _isLoaded;
    private bool _isBusy;
    private bool _mayManage;
    private bool _storeFailed;
    private int _newestLoad;

    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>Not read here: asking for it is what makes a change of the query reach this page.</summary>
    [SupplyParameterFromQuery]
    public string? Cursor { get; set; }

    protected override Task OnParametersSetAsync()
    {
        if (Id != _loadedId)
        {
            (_loadedId, _webhook, _page, _form, _tested, _secret, _isLoaded) = (Id, null, null, null, null, null, false);
            _trail.Clear();
        }

        _position = WebhooksAddress.PositionIn(navigation.Uri);
        _trail.Add(_position);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var (load, id, position) = (++_newestLoad, Id, _position);
        try
        {
            var webhook = await sources.Webhooks.FindAsync(id, _left.Token);
            var page = await sources.Deliveries.ListAsync(id, position.Cursor, PageSize, _left.Token);
            var mayManage = await current.MayAsync(Right.ManageWebhooks);
            if (load == _newestLoad)
            {
                (_webhook, _page, _shown, _mayManage, _isLoaded, _storeFailed) = (webhook, page, position, mayManage, true, false);
            }
        }
        catch (StoreUnavailableException)
        {
            _storeFailed = true;
        }
    }

    private void Edit() => (_form, _edited, _faults, _failure) = (WebhookForm.Of(_webhook!), _webhook, [], null);

    private void Forget() => (_faults, _failure) = ([], null);

    private Task SaveAsync() => BusyAsync(async () =>
    {
        switch (await acts.ChangeAsync(_edited!, _form!.ToDraft(), _left.Token))
        {
            case WebhookChange.Changed:
                _form = null;
                break;
            case WebhookChange.Invalid { Faults: var faults }:
                _faults = faults;
                break;
            case { } refused:
                _failure = WebhookRefusals.Describe(refused);
                break;
        }
    });

    private Task RotateAsync() => BusyAsync(async () => _secret = await acts.RotateAsync(_webhook!, _left.Token) ?? _secret);

    private Task TestAsync() => BusyAsync(async () => _tested = await acts.TestAsync(_webhook!, _left.Token));

    private Task SendAgainAsync(WebhookDelivery delivery) => BusyAsync(() => acts.SendAgainAsync(delivery, _left.Token));

    private Task DeleteAsync() => BusyAsync(async () =>
    {
        if (await acts.DeleteAsync(_webhook!, _left.Token))
        {
            navigation.NavigateTo(WebhooksAddress.Path);
        }
    });

    // One act at a time, and what it changed is seen at once.
    private async Task BusyAsync(Func<Task> act)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            await act();
        }
        finally
        {
            _isBusy = false;
        }

        await LoadAsync();
    }

    private void Next() => Go(_shown.Next(_page!.NextCursor));

    private void Previous() => Go(_trail.Before(_shown));

    private void Go(ListPosition position) => navigation.NavigateTo(WebhooksAddress.OfDeliveries(Id, position));

    public void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        _secret = null;
    }
}
