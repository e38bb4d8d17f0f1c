using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Clients.Registration;

/// <summary>What lets others register clients. A new token lives in this component alone and is shown once.</summary>
public sealed partial class InitialTokenList(RegistrationActs acts, TimeProvider clock) : IDisposable
{
    private static readonly IReadOnlyList<TimeSpan> Lifetimes =
        [TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30), TimeSpan.FromDays(90)];

    private static readonly TimeSpan UsualLifetime = TimeSpan.FromDays(7);

    private readonly CancellationTokenSource _left = new();
    private InitialAccessTokenCreation.Created? _created;
    private IReadOnlyList<FieldFault> _faults = [];
    private string _label = "";

    // The narrowest that is of use.
    private int? _uses = 1;
    private TimeSpan? _lifetime = UsualLifetime;
    private bool _isOpen;

    [Parameter, EditorRequired]
    public IReadOnlyList<InitialAccessToken> Tokens { get; set; } = [];

    [Parameter]
    public bool CanManage { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private string? ErrorOf(string field) =>
        _faults.FirstOrDefault(fault => fault.Field == field) is { } fault ? $"This {fault.Message}." : null;

    private void Change(Action change)
    {
        change();
        _faults = [];
    }

    private void Close() => (_isOpen, _label, _uses, _lifetime, _faults) = (false, "", 1, UsualLifetime, []);

    private async Task CreateAsync()
    {
        if (_label.Trim() is "")
        {
            _faults = [new FieldFault("label", "is required")];
            return;
        }

        switch (await acts.CreateAsync(_label.Trim(), _uses, _lifetime, _left.Token))
        {
            case InitialAccessTokenCreation.Created created:
                _created = created;
                Close();
                await OnChanged.InvokeAsync();
                break;
            case InitialAccessTokenCreation.Invalid { Faults: var faults }:
                _faults = faults;
                break;
        }
    }

    private async Task RevokeAsync(InitialAccessToken token)
    {
        await acts.RevokeAsync(token, _left.Token);
        await OnChanged.InvokeAsync();
    }

    public void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        _created = null;
    }
}
