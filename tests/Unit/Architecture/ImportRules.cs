namespace Dashboard.Tests.Unit.Architecture;

/// <summary>Who may import whom. A folder that does not exist yet breaks no rule.</summary>
public sealed class ImportRules
{
    private const string Core = "Dashboard.Core.";

    private static readonly IReadOnlyList<SourceFile> CoreFiles = SourceFile.Below("src/Dashboard.Core");
    private static readonly IReadOnlyList<SourceFile> WebFiles = SourceFile.Below("src/Dashboard");

    // Every feature may use the values in Primitives, ask who may do what, write to the audit log, publish changes, record events and
    // be measured.
    private static readonly string[] ForAll = ["Primitives", "Access", "Audit", "Live", "Events", "Telemetry"];

    // The arrows between features of the core. Tokens/Validation asks Sessions and Clients, and these ask Tokens/Revocation:
    // the two parts of Tokens do not know each other's callers.
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Access"] = [],
        ["Agents"] = ["Scopes", "Throttling", "Tokens"],
        ["Alerts"] = ["Agents", "Clients", "Keys"],
        ["Audit"] = ["Keys"],
        ["Clients"] = ["Keys", "OneTime", "Outbound", "Scopes", "Tokens"],
        ["Grants"] = ["Clients", "Keys", "OneTime", "Operators", "Scopes", "Tokens"],
        ["Keys"] = ["Outbound"],
        ["Posture"] = ["Agents", "Clients", "Keys", "Operators", "Scopes", "Sessions", "Tokens", "Webhooks"],
        ["Scopes"] = [],
        ["Events"] = [],
        ["OneTime"] = [],
        ["LiveKit"] = ["Keys", "Tokens"],
        ["Idempotency"] = [],
        ["Live"] = [],
        ["Outbound"] = [],
        ["Operators"] = ["Keys", "Sessions", "Throttling"],
        ["Sessions"] = ["Keys", "Operators", "Tokens"],
        ["Sharing"] = ["Tokens"],
        ["Telemetry"] = [],
        ["Throttling"] = [],
        ["Tokens"] = ["Agents", "Clients", "Keys", "LiveKit", "Scopes", "Operators", "Sessions"],
        ["Webhooks"] = ["Alerts", "Keys", "Outbound"],
    };

    [Fact]
    public void The_core_knows_no_web() =>
        AssertNone(CoreFiles, (_, import) => import.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void The_web_knows_no_database() => AssertNone(
        WebFiles,
        (_, import) => import.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal)
            || import.StartsWith("Dapper", StringComparison.Ordinal)
            || import.StartsWith("StackExchange.Redis", StringComparison.Ordinal)
            || IsAdapter(import));

    [Fact]
    public void Primitives_import_nothing_of_ours() => AssertNone(
        CoreFiles.Where(file => file.Feature == "Primitives"),
        (_, import) => import.StartsWith("Dashboard.", StringComparison.Ordinal));

    [Fact]
    public void Storage_imports_primitives_and_meters_alone_and_no_other_kind_of_store() => AssertNone(
        CoreFiles.Where(file => file.Feature == "Storage" && IsInAdapter(file)),
        (file, import) => IsOurs(import) && FeatureOf(import) is not ("Primitives" or "Telemetry") && !IsSameStore(file, import));

    [Fact]
    public void Only_adapters_know_a_store_except_where_features_are_put_together() => AssertNone(
        CoreFiles.Where(file => !IsInAdapter(file) && !IsRegistration(file)),
        (_, import) => IsAdapter(import) || import.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal));

    [Fact]
    public void Adapters_know_their_own_feature_their_own_store_and_the_audit_log() => AssertNone(
        CoreFiles.Where(file => IsInAdapter(file) && file.Feature != "Storage"),
        (file, import) => IsOurs(import) && !(
            FeatureOf(import) == file.Feature
            || FeatureOf(import) is "Primitives" or "Access" or "Storage"
            // A change and its entry commit together.
            || FeatureOf(import) == "Audit"
            || Arrows[file.Feature].Contains(FeatureOf(import)))
            || (IsAdapter(import) && !IsSameStore(file, import)));

    [Fact]
    public void Features_of_the_core_follow_the_arrows() => AssertNone(
        CoreFiles.Where(file => Arrows.ContainsKey(file.Feature) && !IsInAdapter(file) && !IsRegistration(file)),
        (file, import) => IsOurs(import)
            && FeatureOf(import) != file.Feature
            && FeatureOf(import) != "Storage"
            && !ForAll.Contains(FeatureOf(import))
            && !Arrows[file.Feature].Contains(FeatureOf(import)));

    [Fact]
    public void Every_feature_of_the_core_has_its_arrows() => Assert.Empty(
        CoreFiles.Select(file => file.Feature).Distinct().Except([.. Arrows.Keys, "Primitives", "Storage", ""]));

    [Fact]
    public void Controls_know_no_feature_and_no_hosting() => AssertNone(
        WebFiles.Where(file => file.Feature == "Controls"),
        (_, import) => (import.StartsWith("Dashboard.", StringComparison.Ordinal) && !IsOurs(import) && import != "Dashboard.Controls")
            || (IsOurs(import) && FeatureOf(import) is not ("Live" or "Primitives")));

    [Fact]
    public void Hosting_knows_no_feature() => AssertNone(
        WebFiles.Where(file => file.Feature == "Hosting"),
        (_, import) => import.StartsWith("Dashboard.", StringComparison.Ordinal) && !IsOurs(import) && import.Split('.')[1] != "Hosting");

    [Fact]
    public void Features_of_the_web_do_not_know_each_other()
    {
        string[] shared = ["Controls", "Hosting", "Core"];
        AssertNone(
            WebFiles.Where(file => file.Feature is not ("" or "App" or "Overview")),
            (file, import) => import.Split('.') is ["Dashboard", var feature, ..]
                && feature != file.Feature
                && !shared.Contains(feature)
                // Layouts belong to the shell.
                && feature != "App");
    }

    [Fact]
    public void End_to_end_tests_know_nothing_but_http_and_the_browser() => AssertNone(
        SourceFile.Below("tests/E2E"),
        (_, import) => import.StartsWith("Dashboard.", StringComparison.Ordinal)
            && !import.StartsWith("Dashboard.Tests.E2E", StringComparison.Ordinal));

    private static bool IsOurs(string import) => import.StartsWith(Core, StringComparison.Ordinal);

    private static string FeatureOf(string import) => import.Split('.')[2];

    private static bool IsAdapter(string import) =>
        IsOurs(import) && import.Split('.')[^1] is "Sqlite" or "Redis";

    private static bool IsInAdapter(SourceFile file) =>
        file.Path.Contains("/Sqlite/", StringComparison.Ordinal) || file.Path.Contains("/Redis/", StringComparison.Ordinal);

    private static bool IsSameStore(SourceFile file, string import) =>
        file.Path.Contains($"/{import.Split('.')[^1]}/", StringComparison.Ordinal);

    private static bool IsRegistration(SourceFile file) => file.Path.EndsWith("Services.cs", StringComparison.Ordinal);

    private static void AssertNone(IEnumerable<SourceFile> files, Func<SourceFile, string, bool> isForbidden) => Assert.Empty(
        files.SelectMany(file => file.Imports.Where(import => isForbidden(file, import)).Select(import => $"{file.Path} imports {import}")));
}
