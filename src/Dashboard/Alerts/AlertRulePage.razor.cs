using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Alerts;

/// <summary>Makes, shows and changes a rule, and says what it would have done in the last day.</summary>
public sealed partial class AlertRulePage(
    AlertRules rules, RulePreview preview, AlertActs acts, CurrentOperator current, NavigationManager navigation) : IDisposable
{
    private static readonly IReadOnlyList<(AlertSeverity Value, string Title)> Severities =
    [
        (AlertSeverity.Warning, AlertWords.TitleOf(AlertSeverity.Warning)),
        (AlertSeverity.Critical, AlertWords.TitleOf(AlertSeverity.Critical)),
    ];

    private readonly CancellationTokenSource _left = new();
    private AlertRuleForm _form = new();
    private AlertRule? _rule;
    private IReadOnlyList<FieldFault> _faults = [];
    private RuleTrial? _trial;
    private string? _trialFailure;
    private bool _isLoaded;
    private bool _isBusy;
    private bool _mayManage;

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public string? Id { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        (_isLoaded, _faults, _trial, _trialFailure) = (false, [], null, null);
        _mayManage = await current.MayAsync(Right.ManageAlerts);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _rule = Id is null ? null : await rules.FindAsync(Id, _left.Token);
        _form = _rule is null ? new AlertRuleForm() : AlertRuleForm.Of(_rule);
        _isLoaded = true;
    }

    private void Change(Action change)
    {
        change();
        (_faults, _trial, _trialFailure) = ([], null, null);
    }

    private async Task SaveAsync()
    {
        var draft = _form.ToDraft();
        _faults = AlertRules.FaultsOf(draft);
        if (_faults is not [] || _isBusy || !_mayManage)
        {
            return;
        }

        _isBusy = true;
        try
        {
            switch (_rule is null ? await acts.CreateAsync(draft, _left.Token) : await acts.UpdateAsync(_rule, draft, _left.Token))
            {
                case AlertRuleChange.Changed { Rule: var made } when _rule is null:
                    navigation.NavigateTo(AlertsAddress.OfRule(made.Id));
                    break;
                case AlertRuleChange.Changed { Rule: var changed }:
                    (_rule, _form) = (changed, AlertRuleForm.Of(changed));
                    break;
                case AlertRuleChange.Invalid { Faults: var faults }:
                    _faults = faults;
                    break;
                case AlertRuleChange.Overtaken:
                    await LoadAsync();
                    break;
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task TryAsync()
    {
        // A name is not needed to try it.
        var draft = _form.ToDraft() with { Name = "preview" };
        _faults = AlertRules.FaultsOf(draft);
        if (_faults is not [])
        {
            return;
        }

        try
        {
            (_trial, _trialFailure) = (await preview.TryAsync(draft, _left.Token), null);
        }
        catch (StoreUnavailableException)
        {
            (_trial, _trialFailure) = (null, "The store cannot be read now. Try again.");
        }
    }

    private async Task DeleteAsync(AlertRule rule)
    {
        if (await acts.DeleteAsync(rule, _left.Token) is AlertRuleChange.Deleted)
        {
            navigation.NavigateTo(AlertsAddress.Of(AlertsTab.Rules));
        }
    }

    private string? ErrorOf(string field) =>
        _faults.FirstOrDefault(fault => fault.Field == field) is { } fault ? $"This {fault.Message}." : null;

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
