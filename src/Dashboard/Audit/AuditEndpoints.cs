using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Audit;
using Microsoft.AspNetCore.Http.HttpResults;
using AuditJson = Dashboard.Hosting.Audit.AuditJson;

namespace Dashboard.Audit;

/// <summary>The audit log in the API: list, look at, export, verify.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/audit")
            .WithTags("Audit")
            .RequireAntiforgeryForCookies()
            .RequireAuthorization(Policies.ReadAudit);

        group.MapGet("/", ListAsync).WithName("ListAudit").WithQuery(AuditQuery.Described);
        group.MapGet("/export", ExportAsync).WithName("ExportAudit").WithQuery(AuditQuery.Described).RequireAuthorization(Policies.Export);
        group.MapGet("/{number}", GetAsync).WithName("GetAudit");
        group.MapPost("/verification", VerifyAsync).WithName("VerifyAudit");
        group.MapCheckpoints();
    }

    /// <summary>Lists the audit log, the newest entries first.</summary>
    internal static async Task<Results<Ok<AuditPageJson>, ProblemResult>> ListAsync(
        HttpContext context, AuditLog audit, AuditReads reads, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var filter = AuditQuery.Read(name => context.Request.Query[name], out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        if (PageRules.RefusalOf(limit, cursor) is { } refusal)
        {
            return refusal;
        }

        await reads.RecordAsync(context.Actor(), AuditQuery.QueryOf(filter), cancellationToken);
        return TypedResults.Ok(AuditPageJson.Of(
            await audit.SearchAsync(filter, cursor, limit ?? PageLimit.Default, cancellationToken)));
    }

    /// <summary>Gives one entry and whether its place in the chain is right.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<AuditEntryJson>, ProblemResult>> GetAsync(
        long number, HttpContext context, AuditLog audit, AuditReads reads, CancellationToken cancellationToken)
    {
        await reads.RecordAsync(context.Actor(), $"#{number.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
        return await audit.FindAsync(number, cancellationToken) is { } view
            ? TypedResults.Ok(new AuditEntryJson(AuditJson.Of(view.Record), view.Fault))
            : AuditProblems.UnknownEntry;
    }

    /// <summary>Exports the audit log as a file.</summary>
    /// <remarks>Itself an entry of the log.</remarks>
    internal static async Task<Results<Export<AuditJson>, ProblemResult>> ExportAsync(
        HttpContext context, AuditLog audit, string? format, string? reason, CancellationToken cancellationToken)
    {
        var filter = AuditQuery.Read(name => context.Request.Query[name], out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        if (ExportRules.RefusalOf(format, reason) is { } refusal)
        {
            return refusal;
        }

        var kind = ExportRules.Parse(format)!.Value;
        await AuditExport.RecordAsync(audit, filter, kind, reason, context.Actor(), cancellationToken);
        return AuditExport.Of(audit, filter, kind);
    }

    /// <summary>Verifies the chain of the audit log.</summary>
    /// <remarks>
    /// It is held against every stored checkpoint, and against one that was kept elsewhere where that is sent along.
    /// </remarks>
    internal static async Task<Results<Ok<VerificationJson>, ProblemResult>> VerifyAsync(
        VerifyAuditRequest? body, HttpContext context, AuditVerifier verifier, CancellationToken cancellationToken) =>
        await verifier.VerifyAsync(context.Actor(), body?.Checkpoint, cancellationToken) is { } proof
            ? TypedResults.Ok(VerificationJson.Of(proof))
            : AuditProblems.ForeignCheckpoint;
}

/// <summary>What to verify against.</summary>
/// <param name="Checkpoint">A checkpoint that was kept elsewhere; null for those in the store alone.</param>
public sealed record VerifyAuditRequest(string? Checkpoint);
