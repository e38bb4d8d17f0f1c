using Dashboard.Core.Primitives;
using Dashboard.Core.Webhooks;

namespace Dashboard.Webhooks;

/// <summary>Makes a webhook. The secret lives in this component alone and is shown once.</summary>
public sealed partial class NewWebhookPage(WebhookSources sources, WebhookActs acts) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private readonly WebhookForm _form = new();
    private IReadOnlyList<FieldFault> _faults = [];
    private WebhookChange.Changed? _created;
    private string? _failure;
    private bool _isSaving;

    private void Forget() => (_faults, _failure) = ([], null);

    private async Task CreateAsync()
    {
        if (_isSaving)
        {
            return;
        }

        _isSaving = true;
        try
        {
            switch (await acts.CreateAsync(_form.ToDraft(), _left.Token))
            {
                case WebhookChange.Changed created:
                    _created = created;
                    break;
                case WebhookChange.Invalid { Faults: var faults }:
                    _faults = faults;
                    break;
                case { } refused:
                    _failure = WebhookRefusals.Describe(refused);
                    break;
            }
        }
        finally
        {
            _isSaving = false;
        }
    }

    public void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        _created = null;
    }
}
