using Dashboard.Controls;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Clients.Registration;

/// <summary>Changes who may register. What is typed stays, whatever others change meanwhile.</summary>
public sealed partial class PolicyForm(RegistrationActs acts) : IDisposable
{
    private static readonly IReadOnlyList<TimeSpan> Lifetimes =
        [TimeSpan.FromDays(7), TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(365)];

    private readonly CancellationTokenSource _left = new();

    // What is being changed, and what it was when it was read.
    private RegistrationPolicy _policy = null!;
    private RegistrationMode _mode;
    private string _scopes = "";
    private bool _isForEver;
    private TimeSpan? _lifetime;
    private IReadOnlyList<FieldFault> _faults = [];
    private string? _failure;
    private bool _isChanged;
    private bool _overtaken;
    private bool _isSaving;

    [Parameter, EditorRequired]
    public RegistrationPolicy Policy { get; set; } = null!;

    /// <summary>How long registrations live where the policy does not say; zero for ever.</summary>
    [Parameter, EditorRequired]
    public TimeSpan Default { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private string DefaultTitle => $"Default: {(Default == TimeSpan.Zero ? "for ever" : DurationText.Of(Default))}";

    protected override void OnParametersSet()
    {
        if (_policy is null || (_policy.Version != Policy.Version && !_isChanged))
        {
            Take();
        }
        else if (_policy.Version != Policy.Version)
        {
            _overtaken = true;
        }
    }

    private void Take()
    {
        _policy = Policy;
        (_mode, _scopes) = (_policy.Mode, string.Join(' ', _policy.AllowedScopes));
        _isForEver = _policy.ClientLifetime == TimeSpan.Zero;
        _lifetime = _isForEver ? null : _policy.ClientLifetime;
        (_faults, _failure, _isChanged, _overtaken) = ([], null, false, false);
    }

    private void Change(Action change)
    {
        change();
        (_isChanged, _failure, _faults) = (true, null, []);
    }

    private string? ErrorOf(string field) =>
        _faults.FirstOrDefault(fault => fault.Field == field) is { } fault ? $"This {fault.Message}." : null;

    private async Task SaveAsync()
    {
        if (!_isForEver && _lifetime == TimeSpan.Zero)
        {
            _faults = [new FieldFault("client_lifetime", "must be a length of time")];
            return;
        }

        _isSaving = true;
        try
        {
            // On top of what is there now: whoever saves over another's change has been told of it.
            await SaveAsync(new RegistrationPolicy
            {
                Mode = _mode,
                AllowedScopes = _scopes.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
                ClientLifetime = _isForEver ? TimeSpan.Zero : _lifetime,
                Version = Policy.Version,
            });
        }
        finally
        {
            _isSaving = false;
        }
    }

    private async Task SaveAsync(RegistrationPolicy policy)
    {
        switch (await acts.ChangeAsync(policy, _left.Token))
        {
            case RegistrationPolicyChange.Changed:
                _isChanged = false;
                await OnChanged.InvokeAsync();
                break;
            case RegistrationPolicyChange.Overtaken:
                await OnChanged.InvokeAsync();
                _overtaken = true;
                break;
            case RegistrationPolicyChange.Invalid { Faults: var faults }:
                _faults = faults;
                _failure = string.Join(' ', faults.Where(fault => fault.Field is not ("scopes" or "client_lifetime")).Select(fault => $"{fault.Field} {fault.Message}."));
                _failure = _failure is "" ? null : _failure;
                break;
        }
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
