using Dashboard.Core.Scopes;

namespace Dashboard.Settings;

/// <summary>What is configured about scopes, and what some of them may do.</summary>
/// <param name="Hierarchy">Each scope that implies others.</param>
/// <param name="Resources">What needs scopes.</param>
/// <param name="Granted">What the scopes that were asked about grant; absent where none were.</param>
internal sealed record ScopesJson(
    IReadOnlyList<ScopeRowJson> Hierarchy, IReadOnlyList<ResourceRowJson> Resources, IReadOnlyList<ScopeGrantJson>? Granted)
{
    public static ScopesJson Of(ScopeReport report, ScopeTrial? trial) => new(
        [.. report.Scopes.Select(row => new ScopeRowJson(row.Scope, [.. row.Grants.Select(GrantOf)], row.Setting, row.Source.Code))],
        [
            .. report.Resources.Select(row => new ResourceRowJson(
                row.Name, row.Address, row.Scopes, trial?.Resources.First(item => item.Resource.Setting == row.Setting).Missing,
                row.Setting, row.Source.Code)),
        ],
        trial is null ? null : [.. trial.Grants.Select(GrantOf)]);

    private static ScopeGrantJson GrantOf(ScopeGrant grant) => new(grant.Scope, grant.By);
}

internal sealed record ScopeRowJson(string Scope, IReadOnlyList<ScopeGrantJson> Grants, string Setting, string Source);

/// <summary>A scope that another one grants.</summary>
/// <param name="Scope">What is granted.</param>
/// <param name="By">The scopes that lead to it; empty for one that is held itself.</param>
internal sealed record ScopeGrantJson(string Scope, IReadOnlyList<string> By);

/// <summary>A protected resource.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Address">Absent for one that is known by its name alone.</param>
/// <param name="Scopes">What it needs.</param>
/// <param name="Missing">What of that is not granted; absent where no scopes were asked about.</param>
/// <param name="Setting">Where it is configured.</param>
/// <param name="Source">Where its value comes from.</param>
internal sealed record ResourceRowJson(
    string Name, string? Address, IReadOnlyList<string> Scopes, IReadOnlyList<string>? Missing, string Setting, string Source);
