using System.Globalization;
using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

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

        await reads.RecordAsync(context.Actor(), AuditAddress.QueryOf(filter), cancellationToken);
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
            : Problems.Create(ErrorCode.NotFound, "There is no entry with this number.");
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
        var exported = new AuditExported(kind is ExportFormat.Csv ? "csv" : "ndjson", AuditAddress.QueryOf(filter));
        var what = JsonSerializer.Serialize(exported, Json.Options);
        await audit.RecordReadAsync(
            new AuditEntry(context.Actor(), "audit.exported", "audit", "log", reason, After: what), cancellationToken);
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
            : Problems.Invalid(new ValidationError("checkpoint", "was not signed by a key of this Signet"));

    private sealed record AuditExported(string Format, string Filter);
}

/// <summary>What to verify against.</summary>
/// <param name="Checkpoint">A checkpoint that was kept elsewhere; null for those in the store alone.</param>
public sealed record VerifyAuditRequest(string? Checkpoint);

/// <summary>One entry.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Fault">What is wrong with it or its place behind the one before; absent where nothing is.</param>
internal sealed record AuditEntryJson(AuditJson Entry, string? Fault);

/// <summary>What a verification found, and what it was held against.</summary>
internal sealed record VerificationJson(
    bool Intact, long Verified, long? FirstBroken, string? Fault, long? AttestedTo, int Checkpoints, int UnusableCheckpoints)
{
    public static VerificationJson Of(AuditProof proof) => new(
        proof.Found.Intact,
        proof.Found.Verified,
        proof.Found.FirstBroken,
        proof.Found.Fault,
        proof.Basis.AttestedTo,
        proof.Basis.Checkpoints,
        proof.Basis.Unusable);
}
