namespace Dashboard.Hosting;

/// <summary>How a value of a request is written.</summary>
internal enum ApiValueKind
{
    Text,
    Time,
    Flag,
    Number,
    Texts,
    Json,
}

/// <summary>Where a value of a request stands.</summary>
internal enum ApiPlace
{
    Query,
    Header,
    Form,
    Json,
}

/// <summary>
/// A value that an endpoint reads from a request by itself, for the API's description. What the framework binds describes itself.
/// </summary>
/// <param name="Name">As it is written.</param>
/// <param name="Description">What it is for, in a sentence.</param>
internal sealed record ApiValue(string Name, string Description)
{
    public ApiValueKind Kind { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>The values that are known; none where any is.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>Values of one place; an endpoint has several of these where it reads several.</summary>
internal sealed record ApiValues(ApiPlace Place, IReadOnlyList<ApiValue> Values);

/// <summary>Says what an endpoint reads and what it answers, where its signature does not. Nothing else hangs on it.</summary>
internal static class ApiDescriptions
{
    public static TBuilder WithQuery<TBuilder>(this TBuilder builder, params IReadOnlyList<ApiValue> values)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ApiValues(ApiPlace.Query, values));

    public static TBuilder WithHeader<TBuilder>(this TBuilder builder, params IReadOnlyList<ApiValue> values)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ApiValues(ApiPlace.Header, values));

    public static TBuilder WithForm<TBuilder>(this TBuilder builder, params IReadOnlyList<ApiValue> values)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ApiValues(ApiPlace.Form, values));

    public static TBuilder WithJson<TBuilder>(this TBuilder builder, params IReadOnlyList<ApiValue> values)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ApiValues(ApiPlace.Json, values));

    /// <summary>Names the types of the file that an endpoint gives.</summary>
    public static RouteHandlerBuilder ProducesFile(this RouteHandlerBuilder builder, string type, params string[] others) =>
        others.Append(type).Contains("application/json", StringComparer.Ordinal)
            ? builder.Produces<object>(StatusCodes.Status200OK, type, others)
            : builder.Produces<string>(StatusCodes.Status200OK, type, others);

    /// <summary>Names what a caller may prove themselves with, one of them; <see cref="Credentials.Nothing"/> where they need not.</summary>
    public static TBuilder WithCredentials<TBuilder>(this TBuilder builder, params IReadOnlyList<string> credentials)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ApiCredentials(credentials));
}

/// <summary>What callers of an endpoint prove themselves with, where its policy does not say.</summary>
internal sealed record ApiCredentials(IReadOnlyList<string> Names);

/// <summary>The names of what callers prove themselves with, as the API's description has them.</summary>
internal static class Credentials
{
    public const string OperatorToken = "operator_token";
    public const string Session = "session_cookie";
    public const string AgentToken = "agent_token";
    public const string AccessToken = "access_token";
    public const string Client = "client_credentials";
    public const string InitialToken = "initial_access_token";
    public const string RegistrationToken = "registration_access_token";
    public const string Nothing = "";
}
