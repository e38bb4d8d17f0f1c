using System.Text.Json;

namespace Dashboard.Hosting;

/// <summary>Gives the problems that the framework makes by itself, such as those of validation, the one format.</summary>
internal sealed class FrameworkProblems : IProblemDetailsService
{
    public async ValueTask WriteAsync(ProblemDetailsContext context) => await TryWriteAsync(context);

    public async ValueTask<bool> TryWriteAsync(ProblemDetailsContext context)
    {
        var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
        var problem = context.ProblemDetails is HttpValidationProblemDetails validation
            ? Problems.Invalid([.. validation.Errors.SelectMany(ErrorsOf)])
            : StatusProblems.Of(context.HttpContext, status);
        await Problems.WriteAsync(context.HttpContext, problem);
        return true;
    }

    private static IEnumerable<ValidationError> ErrorsOf(KeyValuePair<string, string[]> errors) =>
        errors.Value.Select(message => new ValidationError(NameOf(errors.Key), ValidationTexts.InOurWords(message)));

    // Members are named as the caller wrote them: agent.agent_id for Agent.AgentId.
    private static string NameOf(string path) => path is ""
        ? "body"
        : string.Join('.', path.Split('.').Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));
}
