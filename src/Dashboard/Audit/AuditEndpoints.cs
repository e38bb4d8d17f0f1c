using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Audit;

/// <summary>The audit log in the API.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/audit")
            .WithTags("Audit")
            .RequireAntiforgeryForCookies()
            .RequireAuthorization(Policies.ReadAudit);

        group.MapGet("/", ListAsync).WithName("ListAudit");
        group.MapPost("/verification", VerifyAsync).WithName("VerifyAudit");
        group.MapPost("/checkpoints", CheckpointAsync).WithName("CheckpointAudit");
    }

    internal static async Task<Results<Ok<PageJson<AuditJson>>, ProblemResult>> ListAsync(
        AuditLog audit,
        string? @operator,
        string? action,
        string? @object,
        string? cursor,
        int? limit,
        CancellationToken cancellationToken)
    {
        if (PageRules.RefusalOf(limit) is { } refusal)
        {
            return refusal;
        }

        var page = await audit.ListAsync(new AuditFilter(@operator, action, @object), cursor, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(PageJson<AuditJson>.Of(page, AuditJson.Of));
    }

    /// <summary>Walks the chain; with a checkpoint it also notices that the newest entries are gone.</summary>
    internal static async Task<Results<Ok<VerificationJson>, ProblemResult>> VerifyAsync(
        VerifyAuditRequest? body, AuditLog audit, AuditCheckpoints checkpoints, CancellationToken cancellationToken)
    {
        AuditHead? head = null;
        if (body?.Checkpoint is { } text && (head = checkpoints.Open(text)) is null)
        {
            return Problems.Invalid(new ValidationError("checkpoint", "was not signed by a key of this Signet"));
        }

        var found = await audit.VerifyAsync(head, cancellationToken);
        return TypedResults.Ok(new VerificationJson(found.Intact, found.Verified, found.FirstBroken, found.Fault));
    }

    internal static async Task<Ok<CheckpointJson>> CheckpointAsync(
        AuditCheckpoints checkpoints, HttpContext context, CancellationToken cancellationToken)
    {
        var checkpoint = await checkpoints.TakeAsync(context.Actor(), cancellationToken);
        return TypedResults.Ok(new CheckpointJson(
            checkpoint.Head.Number, Convert.ToHexStringLower(checkpoint.Head.Hash), checkpoint.At, checkpoint.Text));
    }
}

/// <summary>What to verify against.</summary>
/// <param name="Checkpoint">A checkpoint taken earlier; null to verify the chain alone.</param>
public sealed record VerifyAuditRequest(string? Checkpoint);

internal sealed record VerificationJson(bool Intact, long Verified, long? FirstBroken, string? Fault);

/// <summary>A signed statement of how far the log reached. Keep it elsewhere.</summary>
internal sealed record CheckpointJson(long Number, string Hash, DateTimeOffset At, string Checkpoint);

internal sealed record AuditJson(
    long Number,
    DateTimeOffset At,
    string Who,
    string? Role,
    string? Ip,
    string? Session,
    string Action,
    string ObjectKind,
    string ObjectId,
    string? Reason,
    JsonElement? Before,
    JsonElement? After,
    string Hash)
{
    public static AuditJson Of(AuditRecord record) => new(
        record.Number,
        record.At,
        record.Entry.Who.Name,
        record.Entry.Who.Role,
        record.Entry.Who.Ip,
        record.Entry.Who.Session,
        record.Entry.Action,
        record.Entry.ObjectKind,
        record.Entry.ObjectId,
        record.Entry.Reason,
        Parse(record.Entry.Before),
        Parse(record.Entry.After),
        Convert.ToHexStringLower(record.Hash));

    private static JsonElement? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
}
