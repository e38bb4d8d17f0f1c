namespace Dashboard.Commands.Audit;

/// <summary>Which entries: the filters of the API under the same names.</summary>
internal static class AuditFilters
{
    public static readonly FilterOptions Options = new(
        FilterOptions.Text("operator", "Who did it: a user name, cli:name, client:id, or signet."),
        FilterOptions.Text("action", "What was done, such as keys.rotated."),
        FilterOptions.Text("object", "What it was done to: its id."),
        FilterOptions.Text("kind", "The kind of thing it was done to, such as key."),
        FilterOptions.Text("q", "A part of the reason."),
        FilterOptions.Text("from", "From when on, such as 2026-01-15T09:30:00Z."),
        FilterOptions.Text("before", "Before when."));
}
