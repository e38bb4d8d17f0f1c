using System.Text.Json;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.Inspector;

/// <summary>Two tokens claim by claim.</summary>
public sealed partial class ComparedTokens(ClaimMask mask, AuthenticationStateProvider authentication)
{
    private IReadOnlyList<ComparedMember>? _members;
    private bool _onlyDifferences;

    [Parameter]
    public Inspection? First { get; set; }

    [Parameter]
    public Inspection? Second { get; set; }

    private List<ComparedMember> Rows => [.. (_members ?? []).Where(member => !_onlyDifferences || !member.IsSame)];

    private string Counts => _members!.Count(member => !member.IsSame) switch
    {
        0 => "No difference",
        1 => $"1 of {_members!.Count} differs",
        var count => $"{count} of {_members!.Count} differ",
    };

    protected override async Task OnParametersSetAsync()
    {
        var role = (await authentication.GetAuthenticationStateAsync()).User.Role();
        _members = First is null || Second is null
            ? null
            : TokenComparison.Compare(First.Found.Text, Second.Found.Text)?.MaskedFor(role, mask);
    }

    private static RenderFragment Cell(ComparedMember member, string? json) => builder =>
    {
        if (json is null)
        {
            builder.AddMarkupContent(0, "<span class=\"muted\">absent</span>");
            return;
        }

        builder.OpenComponent<ClaimValue>(1);
        builder.AddComponentParameter(2, nameof(ClaimValue.Value), JsonSerializer.Deserialize<JsonElement>(json));
        builder.AddComponentParameter(3, nameof(ClaimValue.IsDate), member.Part is "claims" && ClaimMeanings.FindClaim(member.Name)?.IsDate is true);
        builder.CloseComponent();
    };
}
