using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using ValidationContext = Dashboard.Core.Tokens.Validation.ValidationContext;

namespace Dashboard.Inspector;

/// <summary>The inspector in the API. What is sent here reaches no log and no store.</summary>
internal static class InspectEndpoints
{
    public static void MapInspector(this IEndpointRouteBuilder routes) => routes
        .MapPost("/dashboard/inspect", InspectAsync)
        .WithTags("Inspector")
        .WithName("Inspect")
        .RequireAntiforgeryForCookies()
        .RequireAuthorization(Policies.ReadTokens);

    internal static async Task<Results<JsonHttpResult<InspectAnswer>, ProblemResult>> InspectAsync(
        InspectRequest body, HttpContext context, TokenReporter reporter, ClaimMask mask, CancellationToken cancellationToken)
    {
        var asked = new ValidationContext
        {
            Audience = body.Audience,
            RequiredScopes = body.Scopes is { } scopes ? [.. scopes.OfType<string>()] : [],
            Fingerprint = body.Fingerprint,
            At = body.At,
            IsHandedOn = true,
            AcceptsTrustedIssuers = true,
            Origin = context.Origin(),
        };
        switch (PastedTextReader.Read(body.Input))
        {
            case PastedText.Empty:
                return Problems.Invalid(new ValidationError("input", "must not be empty"));
            case PastedText.FailureReference { RequestId: var reference }:
                return TypedResults.Json(new InspectAnswer(null, reference, null, null), ReportJson.Options);
            case PastedText.Token token:
                var report = await reporter.ReportAsync(token.Text, asked, cancellationToken);
                var other = body.CompareTo is null ? null : PastedTextReader.Read(body.CompareTo) as PastedText.Token;
                var comparison = other is null ? null : TokenComparison.Compare(token.Text, other.Text);
                return TypedResults.Json(
                    new InspectAnswer(
                        report.MaskedFor(context.User.Role(), mask), null, token.FoundIn, comparison?.MaskedFor(context.User.Role(), mask)),
                    ReportJson.Options);
            case var unexpected:
                throw new InvalidOperationException($"No answer for {unexpected.GetType().Name}.");
        }
    }
}

/// <summary>What to inspect, and what to judge it against.</summary>
/// <param name="Input">A token, or anything that holds one.</param>
/// <param name="Audience">The expected audience; null for Signet's own.</param>
/// <param name="Scopes">Required scopes.</param>
/// <param name="Fingerprint">The fingerprint that came with the token.</param>
/// <param name="At">The clock to judge by; null for now.</param>
/// <param name="CompareTo">A second token, or anything that holds one.</param>
public sealed record InspectRequest(
    [property: Required] string Input,
    [property: StringLength(255), PlainText] string? Audience,
    [property: ScopeList] string?[]? Scopes,
    [property: StringLength(256)] string? Fingerprint,
    DateTimeOffset? At,
    string? CompareTo);

/// <summary>The report; or, where a failure reference was pasted, that reference.</summary>
internal sealed record InspectAnswer(
    TokenReport? Report, string? FailureReference, string? FoundIn, IReadOnlyList<ComparedMember>? Comparison);
