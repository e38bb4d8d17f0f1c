using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Operators;

/// <summary>Everybody who may sign in. They are in memory, so nothing is waited for; who is listed stands in the address.</summary>
public sealed partial class OperatorsPage(OperatorDirectory operators, NavigationManager navigation)
{
    private static readonly IReadOnlyList<(string Value, string Title)> Choices =
        [("", "All"), .. Roles.All.Select(role => (role, OperatorWords.TitleOf(role)))];

    private OperatorsAddress _address = OperatorsAddress.Everybody;
    private IReadOnlyList<OperatorAccount> _rows = [];
    private IReadOnlySet<string> _changed = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Part of the user name.</summary>
    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    /// <summary>One of the roles.</summary>
    [SupplyParameterFromQuery]
    public string? Role { get; set; }

    protected override void OnParametersSet()
    {
        _address = OperatorsAddress.Of(Search, Role);
        _rows = [.. operators.All.Where(_address.Matches)];
        _changed = new HashSet<string>(StringComparer.Ordinal);
    }

    private void Refresh()
    {
        var known = _rows.ToHashSet();
        _rows = [.. operators.All.Where(_address.Matches)];
        _changed = _rows.Where(row => !known.Contains(row)).Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        StateHasChanged();
    }

    // Typing on in the search replaces its own step, so that Back leaves the search instead of undoing letters.
    private void SearchFor(string text)
    {
        var next = OperatorsAddress.Of(text, _address.Role);
        navigation.NavigateTo(next.ToString(), replace: _address.Search is not null && next.Search is not null);
    }

    private void Show(OperatorsAddress address) => navigation.NavigateTo(address.ToString());
}
