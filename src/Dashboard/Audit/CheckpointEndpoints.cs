using System.ComponentModel;
using System.Globalization;
using System.Text;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Audit;

/// <summary>Checkpoints of the log in the API: list, take, download.</summary>
internal static class CheckpointEndpoints
{
    public static void MapCheckpoints(this RouteGroupBuilder audit)
    {
        audit.MapGet("/checkpoints", ListAsync).WithName("ListAuditCheckpoints");
        audit.MapPost("/checkpoints", TakeAsync).WithName("CheckpointAudit");
        audit.MapGet("/checkpoints/{number}", DownloadAsync).WithName("DownloadAuditCheckpoint").ProducesFile("text/plain");
    }

    /// <summary>Lists the checkpoints of the audit log, the newest first.</summary>
    internal static async Task<Results<Ok<CheckpointsJson>, ProblemResult>> ListAsync(
        AuditCheckpoints checkpoints, [Description("The number of the last one of the page before.")] long? before, int? limit, CancellationToken cancellationToken)
    {
        if (PageRules.RefusalOf(limit) is { } refusal)
        {
            return refusal;
        }

        var found = await checkpoints.ListAsync(before, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(new CheckpointsJson([.. found.Select(CheckpointJson.Of)]));
    }

    /// <summary>Takes a checkpoint: a signed statement of how far the log reaches. Keep it elsewhere.</summary>
    internal static async Task<Ok<CheckpointJson>> TakeAsync(
        AuditCheckpoints checkpoints, HttpContext context, CancellationToken cancellationToken) =>
        TypedResults.Ok(CheckpointJson.Of(await checkpoints.TakeAsync(context.Actor(), cancellationToken)));

    /// <summary>Gives a checkpoint as a file.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<FileContentHttpResult, ProblemResult>> DownloadAsync(
        long number, AuditCheckpoints checkpoints, CancellationToken cancellationToken) =>
        await checkpoints.FindAsync(number, cancellationToken) is { } found
            ? TypedResults.File(
                Encoding.UTF8.GetBytes(found.Text + "\n"),
                "text/plain; charset=utf-8",
                string.Create(CultureInfo.InvariantCulture, $"audit-checkpoint-{number}.txt"))
            : Problems.Create(ErrorCode.NotFound, "There is no checkpoint that reaches to this entry.");
}

/// <summary>Checkpoints, newest first.</summary>
internal sealed record CheckpointsJson(IReadOnlyList<CheckpointJson> Items);
