using Dashboard.Core.Scopes;
using Dashboard.Hosting.Settings;

namespace Dashboard.Settings;

/// <summary>The scope hierarchy and what needs scopes, as configured.</summary>
public sealed record ScopeReport(IReadOnlyList<ScopeRow> Scopes, IReadOnlyList<ResourceRow> Resources);

/// <summary>A scope that implies others.</summary>
/// <param name="Scope">Which.</param>
/// <param name="Grants">All that it grants beside itself, each with what leads to it.</param>
/// <param name="Setting">Where that is configured.</param>
/// <param name="Source">Where its value comes from.</param>
public sealed record ScopeRow(string Scope, IReadOnlyList<ScopeGrant> Grants, string Setting, SettingSource Source);

/// <summary>A protected resource.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Address">Where it is, and the audience of its tokens; null for one that is known by its name alone.</param>
/// <param name="Scopes">The scopes that it needs, all of them.</param>
/// <param name="Setting">Where it is configured.</param>
/// <param name="Source">Where its value comes from.</param>
public sealed record ResourceRow(string Name, string? Address, IReadOnlyList<string> Scopes, string Setting, SettingSource Source);

/// <summary>What some scopes may do.</summary>
/// <param name="Grants">All that they grant, themselves first.</param>
/// <param name="Resources">Each resource, with the scopes that are missing for it; none where it is allowed.</param>
public sealed record ScopeTrial(IReadOnlyList<ScopeGrant> Grants, IReadOnlyList<(ResourceRow Resource, IReadOnlyList<string> Missing)> Resources);
