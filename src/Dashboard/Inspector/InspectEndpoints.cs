using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Hosting;
using Dashboard.Hosting.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;
using TokenUse = Dashboard.Core.Tokens.Validation.TokenUse;
using ValidationContext = Dashboard.Core.Tokens.Validation.ValidationContext;

namespace Dashboard.Inspector;

/// <summary>The inspector in the API. What is sent here reaches no log and no store.</summary>
internal static class InspectEndpoints
{
    public static void MapInspector(this IEndpointRouteBuilder routes) => routes
        .MapPost("/dashboard/inspect", InspectAsync)
        .WithTags("Inspector")
        .WithName("Inspect")
        .Produces<InspectAnswer>()
        .RequireAntiforgeryForCookies()
        .RequireAuthorization(Policies.ReadTokens);

    /// <summary>Says what is wrong with a token, check by check, and what an error text means.</summary>
    /// <remarks>What is sent here reaches no log and no store.</remarks>
    internal static async Task<Results<JsonHttpResult<InspectAnswer>, ProblemResult>> InspectAsync(
        InspectRequest body, HttpContext context, TokenReporter reporter, ClaimMask mask, CancellationToken cancellationToken)
    {
        var asked = new ValidationContext
        {
            Use = body.Profile switch
            {
                null => TokenUse.AsItLooks,
                "livekit" => TokenUse.LiveKit,
                _ => TokenUse.Api,
            },
            Audience = body.Audience,
            RequiredScopes = body.Scopes is { } scopes ? [.. scopes.OfType<string>()] : [],
            Fingerprint = body.Fingerprint,
            At = body.At,
            IsHandedOn = true,
            AcceptsTrustedIssuers = true,
            Origin = context.Origin(),
        };
        var explanations = ErrorExplanationJson.In(body.Input);
        switch (PastedTextReader.Read(body.Input))
        {
            case PastedText.Empty:
                return Problems.Invalid(new ValidationError("input", "must not be empty"));
            case PastedText.FailureReference { RequestId: var reference }:
                return TypedResults.Json(new InspectAnswer(null, reference, null, null, explanations), ReportJson.Options);
            case PastedText.ErrorText:
                return TypedResults.Json(new InspectAnswer(null, null, null, null, explanations), ReportJson.Options);
            case PastedText.Token token:
                var report = await reporter.ReportAsync(token.Text, asked, cancellationToken);
                var other = body.CompareTo is null ? null : PastedTextReader.Read(body.CompareTo) as PastedText.Token;
                var comparison = other is null ? null : TokenComparison.Compare(token.Text, other.Text);
                return TypedResults.Json(
                    new InspectAnswer(
                        report.MaskedFor(context.User.Role(), mask),
                        null,
                        token.FoundIn,
                        comparison?.MaskedFor(context.User.Role(), mask),
                        explanations),
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
/// <param name="Profile">What it shall open: <c>access</c>, an API, or <c>livekit</c>, rooms of LiveKit; null for what it is made for.</param>
public sealed record InspectRequest(
    [property: Required] string Input,
    [property: StringLength(255), PlainText] string? Audience,
    [property: ScopeList] string?[]? Scopes,
    [property: StringLength(256)] string? Fingerprint,
    DateTimeOffset? At,
    string? CompareTo,
    [property: RegularExpression("^(access|livekit)$", ErrorMessage = "must be access or livekit")] string? Profile = null);
