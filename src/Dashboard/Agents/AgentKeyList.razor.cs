using Dashboard.Core.Agents;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Dashboard.Agents;

/// <summary>Every agent key. A new secret lives in this component alone and is shown once.</summary>
public sealed partial class AgentKeyList(AgentActs acts, IOptions<AgentOptions> options, TimeProvider clock) : IDisposable
{
    private static readonly IReadOnlyList<TimeSpan> Lifetimes =
        [TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(180), TimeSpan.FromDays(365)];

    private readonly CancellationTokenSource _left = new();
    private (string Label, string Secret)? _shown;
    private IReadOnlyList<FieldFault> _faults = [];
    private string _label = "";
    private string _types = "";
    private TimeSpan? _lifetime;
    private bool _isOpen;

    [Parameter, EditorRequired]
    public IReadOnlyList<AgentKey> Keys { get; set; } = [];

    /// <summary>The agents that are registered, by the ids of their keys.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<string, Agent> Holders { get; set; } = new Dictionary<string, Agent>(StringComparer.Ordinal);

    [Parameter]
    public bool CanManage { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private IReadOnlyList<string> Types => options.Value.Types;

    private string? ErrorOf(string field) =>
        _faults.FirstOrDefault(fault => fault.Field == field) is { } fault ? $"This {fault.Message}." : null;

    private void Change(Action change)
    {
        change();
        _faults = [];
    }

    private void Close() => (_isOpen, _label, _types, _lifetime, _faults) = (false, "", "", null, []);

    private async Task CreateAsync()
    {
        var label = _label.Trim();
        if (label is "")
        {
            _faults = [new FieldFault("label", "is required")];
            return;
        }

        IReadOnlyList<string> types =
            [.. _types.ToLowerInvariant().Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        switch (await acts.CreateAsync(new AgentKeyDraft(label, _lifetime, types), _left.Token))
        {
            case AgentKeyChange.Changed { Secret: { } secret }:
                _shown = (label, secret);
                Close();
                await OnChanged.InvokeAsync();
                break;
            case AgentKeyChange.Invalid { Faults: var faults }:
                _faults = faults;
                break;
        }
    }

    private async Task RotateAsync(AgentKey key, TimeSpan overlap)
    {
        if (await acts.RotateAsync(key, overlap, _left.Token) is { } secret)
        {
            _shown = (key.Label, secret);
        }

        await OnChanged.InvokeAsync();
    }

    private async Task SetEnabledAsync(AgentKey key)
    {
        await acts.SetEnabledAsync(key, !key.IsEnabled, _left.Token);
        await OnChanged.InvokeAsync();
    }

    private async Task DeleteAsync(AgentKey key)
    {
        await acts.DeleteAsync(key, _left.Token);
        await OnChanged.InvokeAsync();
    }

    public void Dispose()
    {
        // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
        _left.Cancel();
        _shown = null;
    }
}
