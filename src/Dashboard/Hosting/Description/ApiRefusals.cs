using Dashboard.Core.Access;
using Dashboard.Core.Throttling.Budgets;

namespace Dashboard.Hosting.Description;

/// <summary>The refusals of an endpoint by status: those that it names, and those that come along with how it is guarded.</summary>
internal static class ApiRefusals
{
    /// <summary>The codes of an endpoint that answers with problem details.</summary>
    /// <param name="metadata">What is known of the endpoint.</param>
    /// <param name="isClosed">Whether it needs a login.</param>
    /// <param name="hasBody">Whether it takes a body.</param>
    /// <param name="hasParameters">Whether it takes parameters that can be wrong.</param>
    public static IReadOnlyList<(int Status, IReadOnlyList<string> Codes)> Of(
        IReadOnlyCollection<object> metadata, bool isClosed, bool hasBody, bool hasParameters)
    {
        List<ErrorCode> codes = [.. metadata.OfType<RefusesAttribute>().SelectMany(refuses => refuses.Codes)];
        if (isClosed)
        {
            codes.AddRange([ErrorCode.AuthRequired, .. OfTokens]);
        }

        if (metadata.OfType<RefusesTokensAttribute>().Any())
        {
            codes.AddRange([.. OfTokens, ErrorCode.InsufficientScope]);
        }

        if (ApiSecurity.RightOf(metadata) is { } right)
        {
            codes.Add(ErrorCode.InsufficientRole);
            if (AccessTable.IsDangerous(right))
            {
                codes.Add(ErrorCode.StepUpRequired);
            }
        }

        if (hasBody)
        {
            codes.AddRange([ErrorCode.InvalidInput, ErrorCode.RequestTooLarge, ErrorCode.ValidationFailed]);
        }
        else if (hasParameters)
        {
            codes.AddRange([ErrorCode.InvalidInput, ErrorCode.ValidationFailed]);
        }

        if (metadata.OfType<RequestBudget>().Any())
        {
            codes.Add(ErrorCode.RateLimited);
        }

        return
        [
            .. codes.Distinct().Order()
                .GroupBy(code => code.Kind.Status, code => code.Name)
                .OrderBy(group => group.Key)
                .Select(group => (group.Key, (IReadOnlyList<string>)[.. group])),
        ];
    }

    /// <summary>The errors of an endpoint of the OAuth family.</summary>
    public static IReadOnlyList<(int Status, IReadOnlyList<string> Codes)> OfOAuth(IReadOnlyCollection<object> metadata)
    {
        List<(int Status, string Error)> errors =
        [
            (400, "invalid_request"),
            .. metadata.OfType<OAuthRefusesAttribute>().SelectMany(refuses => refuses.Errors.Select(error => (refuses.Status, error))),
        ];
        if (metadata.OfType<RequestBudget>().Any())
        {
            errors.Add((429, "temporarily_unavailable"));
        }

        return
        [
            .. errors.Distinct()
                .GroupBy(error => error.Status, error => error.Error)
                .OrderBy(group => group.Key)
                .Select(group => (group.Key, (IReadOnlyList<string>)[.. group])),
        ];
    }

    // What can be wrong with a token and with the session that it belongs to.
    private static IEnumerable<ErrorCode> OfTokens => Enum.GetValues<ErrorCode>().Where(code =>
        code.Kind == ProblemKind.TokenInvalid
        || code.Kind == ProblemKind.SessionInvalid
        || code.Kind == ProblemKind.SessionExpired);
}
