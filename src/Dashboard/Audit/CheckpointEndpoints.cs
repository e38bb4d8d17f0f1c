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
        audit.MapGet("/checkpoints/{number}", DownloadAsync).WithName("DownloadAuditCheckpoint");
    }

    /// <summary>Newest first; <paramref name="before"/> goes on behind the last of a page.</summary>
    internal static async Task<Results<Ok<CheckpointsJson>, ProblemResult>> ListAsync(
        AuditCheckpoints checkpoints, long? before, int? limit, CancellationToken cancellationToken)
    {
        if (PageRules.RefusalOf(limit) is { } refusal)
        {
            return refusal;
        }

        var found = await checkpoints.ListAsync(before, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(new CheckpointsJson(
        [
            .. found.Select(checkpoint => CheckpointJson.Of(checkpoint, checkpoints.Open(checkpoint.Text) is not null)),
        ]));
    }

    internal static async Task<Ok<CheckpointJson>> TakeAsync(
        AuditCheckpoints checkpoints, HttpContext context, CancellationToken cancellationToken) =>
        TypedResults.Ok(CheckpointJson.Of(await checkpoints.TakeAsync(context.Actor(), cancellationToken), true));

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
