namespace Dashboard.Hosting.Audit;

/// <summary>What is refused of the log, in the API and on the command line.</summary>
internal static class AuditProblems
{
    public static ProblemResult UnknownEntry => Problems.Create(ErrorCode.NotFound, "There is no entry with this number.");

    public static ProblemResult ForeignCheckpoint =>
        Problems.Invalid(new ValidationError("checkpoint", "was not signed by a key of this Signet"));
}
