using Dashboard.Core.Grants.Authorizing;
using Microsoft.Extensions.Primitives;

namespace Dashboard.OAuth.Authorize;

/// <summary>Reads the parameters of an authorization request. From the address alone: it is what the person was sent to.</summary>
internal static class AuthorizeParameters
{
    /// <summary>Every parameter that means something here; a repeated one is for the check to refuse, which tells the client.</summary>
    public static readonly string[] Known =
    [
        AuthorizationParameters.ClientId, AuthorizationParameters.RedirectUri, AuthorizationParameters.ResponseType,
        AuthorizationParameters.ResponseMode, AuthorizationParameters.Scope, AuthorizationParameters.State,
        AuthorizationParameters.Resource, AuthorizationParameters.CodeChallenge, AuthorizationParameters.CodeChallengeMethod,
        AuthorizationParameters.Prompt, AuthorizationParameters.Request, AuthorizationParameters.RequestUri,
    ];

    public static AuthorizationQuery Read(HttpRequest request)
    {
        var query = request.Query;
        return new AuthorizationQuery
        {
            ClientId = First(AuthorizationParameters.ClientId),
            RedirectUri = First(AuthorizationParameters.RedirectUri),
            ResponseType = First(AuthorizationParameters.ResponseType),
            ResponseMode = First(AuthorizationParameters.ResponseMode),
            Scope = First(AuthorizationParameters.Scope),
            State = First(AuthorizationParameters.State),
            Resource = First(AuthorizationParameters.Resource),
            CodeChallenge = First(AuthorizationParameters.CodeChallenge),
            CodeChallengeMethod = First(AuthorizationParameters.CodeChallengeMethod),
            Prompt = First(AuthorizationParameters.Prompt),
            HasRequestObject = query.ContainsKey(AuthorizationParameters.Request),
            HasRequestUri = query.ContainsKey(AuthorizationParameters.RequestUri),
            Repeated = [.. Known.Where(name => query[name].Count > 1)],
        };

        string? First(string name) => query[name] is { Count: > 0 } values ? values[0] : null;
    }

    /// <summary>The same request, without asking for another sign-in: where the sign-in leads to.</summary>
    public static string WithoutPrompt(HttpRequest request) => request.Path.ToUriComponent() + QueryString.Create(
        request.Query
            .Where(parameter => parameter.Key is not AuthorizationParameters.Prompt)
            .SelectMany(parameter => parameter.Value, (parameter, value) => new KeyValuePair<string, StringValues>(parameter.Key, value)))
        .ToUriComponent();

    /// <summary>The address of the request itself.</summary>
    public static string Itself(HttpRequest request) => request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
}
