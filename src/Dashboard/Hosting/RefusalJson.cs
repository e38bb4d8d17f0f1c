namespace Dashboard.Hosting;

/// <summary>The refusal that the act itself would meet.</summary>
internal sealed record RefusalJson(string ErrorCode, string Detail)
{
    public static RefusalJson Of(ProblemResult problem) => new(problem.Code.Name, problem.Detail);
}
