using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Hosting;

/// <summary>Reads a token from where RFC 6750 section 2.1 puts it, and from nowhere else.</summary>
internal static class BearerToken
{
    private const string Prefix = "Bearer ";

    // No token holds them; two headers that a proxy joined into one do.
    private static readonly System.Buffers.SearchValues<char> Separators = System.Buffers.SearchValues.Create(", \t");

    /// <summary>The token of the one Authorization header; null where there is none, more than one, or another scheme.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && header.Length > Prefix.Length
        && header.AsSpan(Prefix.Length).IndexOfAny(Separators) < 0
            ? header[Prefix.Length..]
            : null;
}

/// <summary>The endpoint judges the token in the Authorization header itself: it need not be an operator's.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class JudgesBearerAttribute : Attribute;

/// <summary>Decides about a bearer token; a seam for tests of the pipeline.</summary>
internal interface IBearerCheck
{
    ValueTask<TokenVerdict> CheckAsync(string token, ValidationContext context, CancellationToken cancellationToken);
}
