namespace Dashboard.Hosting;

/// <summary>
/// The refusals that a handler makes by itself, for the API's description. Those of its login, its body, its budget and the store
/// go without saying.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesAttribute(params ErrorCode[] codes) : Attribute
{
    public IReadOnlyList<ErrorCode> Codes => codes;
}

/// <summary>The handler judges a token, and its refusal is what is wrong with that.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesTokensAttribute : Attribute;

/// <summary>What a handler of the OAuth family refuses by itself.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="errors">The values of <c>error</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class OAuthRefusesAttribute(int status, params string[] errors) : Attribute
{
    public int Status => status;

    public IReadOnlyList<string> Errors => errors;
}
