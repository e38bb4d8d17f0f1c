using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Hosting.Audit;

namespace Dashboard.Commands.Audit;

/// <summary><c>audit verify</c> and <c>audit checkpoint</c>.</summary>
internal sealed class IntegrityRun(CommandRun run)
{
    public async Task<int> VerifyAsync(string? given, CancellationToken cancellationToken)
    {
        string? checkpoint;
        try
        {
            checkpoint = await ReadAsync(given, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return run.Refuse("NO_FILE", $"The file {given} cannot be read.", ExitCodes.WrongUse);
        }

        return await run.WithCoreAsync(services => VerifyAsync(services, checkpoint, cancellationToken), cancellationToken);
    }

    public Task<int> TakeAsync(CancellationToken cancellationToken) => run.WithCoreAsync(
        async services =>
        {
            var taken = await services.GetRequiredService<AuditCheckpoints>().TakeAsync(CommandRun.Who, cancellationToken);
            run.Note(
                $"This attests {CommandText.Number(taken.Head.Number)} entries. Keep it elsewhere, for: audit verify --checkpoint …");
            return run.Answer(CheckpointJson.Of(taken), taken.Text);
        },
        cancellationToken);

    private async Task<int> VerifyAsync(IServiceProvider services, string? checkpoint, CancellationToken cancellationToken)
    {
        var total = (await services.GetRequiredService<AuditLog>().ReadHeadAsync(cancellationToken)).Number;
        var progress = new WalkProgress(
            new CommandProgress(run.Console.Error, services.GetRequiredService<TimeProvider>()), total);
        return await services.GetRequiredService<AuditVerifier>()
            .VerifyAsync(CommandRun.Who, checkpoint, progress, cancellationToken) is { } proof
            ? Answer(proof)
            : run.Refuse(AuditProblems.ForeignCheckpoint);
    }

    private int Answer(AuditProof proof) => run.Answer(
        VerificationJson.Of(proof),
        writer =>
        {
            writer.WriteLine(AuditWords.Describe(proof));
            if (AuditWords.Describe(proof.Found.Pruned) is { } pruned)
            {
                writer.WriteLine(pruned);
            }

            writer.WriteLine(AuditWords.Describe(proof.Basis));
            if (AuditWords.DescribeUnusable(proof.Basis) is { } unusable)
            {
                writer.WriteLine(unusable);
            }
        },
        proof.Found.Intact ? ExitCodes.Done : ExitCodes.No);

    // As it is downloaded, or the last that the server wrote down beside its store: after a time.
    private static async Task<string?> ReadAsync(string? checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint is null || !File.Exists(checkpoint))
        {
            return checkpoint;
        }

        var last = "";
        await foreach (var line in File.ReadLinesAsync(checkpoint, cancellationToken))
        {
            last = string.IsNullOrWhiteSpace(line) ? last : line.Trim();
        }

        return last[(last.LastIndexOf(' ') + 1)..];
    }

    private sealed class WalkProgress(CommandProgress progress, long total) : IProgress<long>
    {
        public void Report(long value) =>
            progress.Say($"{CommandText.Number(value)} of {CommandText.Number(total)} entries are verified.");
    }
}
