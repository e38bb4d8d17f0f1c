using System.ComponentModel;
using Dashboard.Core.Audit;
using Dashboard.Core.Posture;
using Dashboard.Core.Storage.Purging;
using Dashboard.Hosting;
using Dashboard.Hosting.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Settings;

/// <summary>Settings, posture, scopes, retention and nodes in the API. Nothing is changed here.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard").WithTags("Settings").RequireAntiforgeryForCookies();

        group.MapGet("/settings", List).WithName("ListSettings").RequireAuthorization(Policies.ReadSettings);
        group.MapGet("/settings/retention", RetentionAsync).WithName("GetRetention").RequireAuthorization(Policies.ReadSettings);
        group.MapGet("/settings/scopes", Scopes).WithName("GetScopes").RequireAuthorization(Policies.ReadSettings);
        group.MapGet("/settings/nodes", NodesAsync).WithName("GetNodes").RequireAuthorization(Policies.ReadSettings);
        group.MapGet("/settings/export", ExportSettingsAsync).WithName("ExportSettings").ProducesFile("application/json").RequireAuthorization(Policies.Export);
        group.MapGet("/posture", PostureAsync).WithName("GetPosture").RequireAuthorization(Policies.ReadSettings);
        group.MapGet("/posture/export", ExportPostureAsync).WithName("ExportPosture").ProducesFile("application/json", "text/csv").RequireAuthorization(Policies.Export);
    }

    /// <summary>Lists what is configured and where it came from. Secrets are left out.</summary>
    internal static Ok<SettingsJson> List(
        EffectiveSettings settings,
        [Description("A part of a name or of its meaning.")] string? q,
        [Description("Only what differs from the default.")] bool? changed) =>
        TypedResults.Ok(SettingsJson.Of(SettingQuery.Filter(settings.Read(), q, changed is true)));

    /// <summary>Tells how long things are kept and what was cleared away last.</summary>
    internal static async Task<Ok<RetentionJson>> RetentionAsync(
        PurgeWorker purge, EffectiveSettings settings, CancellationToken cancellationToken)
    {
        var last = await purge.FindLastRunAsync(cancellationToken);
        return TypedResults.Ok(new RetentionJson(
            last?.At,
            [
                .. RetentionRow.Of(purge, last, settings.Read())
                    .Select(row => new RetentionRowJson(row.What, row.Kept, row.Setting, row.Gone)),
            ]));
    }

    /// <summary>Tells what each scope grants, which resources are protected, and what some scopes would allow.</summary>
    internal static Ok<ScopesJson> Scopes(
        ScopeReader scopes, [Description("Scopes to try, separated by spaces or commas.")] string? held) =>
        TypedResults.Ok(ScopesJson.Of(scopes.Read(), string.IsNullOrWhiteSpace(held) ? null : scopes.Try(held)));

    /// <summary>Lists the nodes of this deployment.</summary>
    internal static async Task<Ok<NodesJson>> NodesAsync(NodeReader nodes, CancellationToken cancellationToken) =>
        TypedResults.Ok(NodesJson.Of(await nodes.ReadAsync(cancellationToken)));

    /// <summary>Tells how safe this deployment is, check by check.</summary>
    internal static async Task<Ok<PostureJson>> PostureAsync(
        PostureReader posture,
        [Description("Checks anew instead of giving what was found in the last minutes.")] bool? fresh,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(PostureJson.Of(await posture.ReadAsync(fresh is true, cancellationToken)));

    /// <summary>Exports the posture as a file.</summary>
    internal static async Task<Results<FileContentHttpResult, ProblemResult>> ExportPostureAsync(
        HttpContext context, PostureReader posture, AuditLog audit, [Description("json or csv; json without it.")] string? format, string? reason, CancellationToken cancellationToken)
    {
        if (RefusalOf(format, ["json", "csv"], reason) is { } refusal)
        {
            return refusal;
        }

        // Read first: what could not be read was not exported.
        var report = await posture.ReadAsync(isAnew: false, cancellationToken);
        await audit.RecordReadAsync(new AuditEntry(context.Actor(), "posture.exported", "settings", "posture", reason), cancellationToken);
        return format is "csv" ? SettingsFiles.PostureAsCsv(report) : SettingsFiles.PostureAsJson(report);
    }

    /// <summary>Exports the settings as a file. Secrets are left out.</summary>
    internal static async Task<Results<FileContentHttpResult, ProblemResult>> ExportSettingsAsync(
        HttpContext context,
        EffectiveSettings settings,
        AuditLog audit,
        [Description("json, and nothing else.")] string? format,
        string? reason,
        CancellationToken cancellationToken)
    {
        if (RefusalOf(format, ["json"], reason) is { } refusal)
        {
            return refusal;
        }

        await audit.RecordReadAsync(
            new AuditEntry(context.Actor(), "settings.exported", "settings", "configuration", reason), cancellationToken);
        return SettingsFiles.Configuration(settings.Read());
    }

    private static ProblemResult? RefusalOf(string? format, string[] formats, string? reason) =>
        format is not null && !formats.Contains(format, StringComparer.Ordinal)
            ? Problems.Invalid(new ValidationError("format", $"must be {string.Join(" or ", formats)}"))
            : ExportRules.RefusalOf(null, reason);
}

/// <summary>What is kept how long.</summary>
/// <param name="LastRunAt">When the last purge began; absent before the first.</param>
/// <param name="Items">Everything that is kept.</param>
internal sealed record RetentionJson(DateTimeOffset? LastRunAt, IReadOnlyList<RetentionRowJson> Items);

/// <summary>Something that is kept for a time.</summary>
/// <param name="What">What, in the plural.</param>
/// <param name="Kept">How long, in words.</param>
/// <param name="Setting">The setting that says so.</param>
/// <param name="Gone">How many the last purge deleted.</param>
internal sealed record RetentionRowJson(string What, string Kept, string? Setting, long? Gone);
