using System.ComponentModel;
using System.Globalization;
using Dashboard.Core.LiveKit;
using Dashboard.Core.LiveKit.Issuing;
using Dashboard.Core.Primitives;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Dashboard.LiveKit;

/// <summary>Gives front ends of LiveKit the token that they connect with.</summary>
internal static class LiveKitEndpoint
{
    private const string UsualRoom = "test-room";
    private const string UsualIdentity = "user1";
    private const string UsualName = "User";
    private const int UsualHours = 24;

    public static void MapLiveKit(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/token", IssueAsync)
        .WithTags("LiveKit")
        .WithName("LiveKitToken")
        .WithBudget(RequestBudget.Tokens)
        .WithErrorMember()
        .RequireCors(LiveKitServices.Cors)
        .WithMetadata(LiveKitCallers.Kinds)
        .RequireAuthorization(policy => policy.AddAuthenticationSchemes(Schemes.Either).RequireAssertion(LiveKitCallers.MayCome));

    /// <summary>Gives a token for a room of LiveKit.</summary>
    /// <remarks>What is left blank counts as absent.</remarks>
    internal static async Task<Results<Ok<LiveKitTokenAnswer>, ProblemResult>> IssueAsync(
        [Description("The room; test-room without it.")] string? room,
        [Description("Who joins; user1 without it.")] string? identity,
        [Description("What others see of them; User without it.")] string? name,
        [Description("How many hours the token is good for; 24 without it.")] string? ttl,
        HttpContext context,
        LiveKitCallers callers,
        LiveKitTokens tokens,
        IOptions<LiveKitOptions> options,
        CancellationToken cancellationToken)
    {
        var caller = callers.Find(context);
        if (caller.Refusal is { } refusal)
        {
            return refusal;
        }

        var most = (int)options.Value.MaximumLifetime.TotalHours;
        if (HoursOf(ttl, most) is not { } hours)
        {
            return Problems.Create(
                ErrorCode.InvalidInput, $"ttl must be a whole number of hours from 1 to {most}.", ("field", "ttl"));
        }

        var asked = GivenOr(room, UsualRoom);
        var request = new LiveKitTokenRequest
        {
            Identity = GivenOr(identity, UsualIdentity),
            Name = GivenOr(name, UsualName),
            Video = LiveKitTokenRequest.Participant(asked),
            Lifetime = TimeSpan.FromHours(hours),
            Client = caller.Client,
            Who = caller.Who!,
            Origin = context.Origin(),
            Audited = caller.IsOperator,
        };
        return await tokens.IssueAsync(request, cancellationToken) switch
        {
            LiveKitIssueOutcome.Issued issued => TypedResults.Ok(new LiveKitTokenAnswer(issued.Token.Token, issued.Url, asked, hours)),
            LiveKitIssueOutcome.Invalid invalid => Invalid(invalid.Faults),
            LiveKitIssueOutcome.NotConfigured missing => Problems.Create(
                ErrorCode.LiveKitNotConfigured,
                $"LiveKit is not configured: {string.Join(" and ", missing.Missing)} {(missing.Missing.Count is 1 ? "is" : "are")} not set.",
                ("missing_settings", missing.Missing)),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    private static string GivenOr(string? value, string usual) => string.IsNullOrWhiteSpace(value) ? usual : value;

    private static int? HoursOf(string? ttl, int most) =>
        string.IsNullOrWhiteSpace(ttl) ? Math.Min(UsualHours, most)
        : int.TryParse(ttl, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours >= 1 && hours <= most ? hours
        : null;

    private static ProblemResult Invalid(IReadOnlyList<FieldFault> faults) => Problems.Create(
        ErrorCode.InvalidInput,
        $"{string.Join("; ", faults.Select(fault => $"{fault.Field} {fault.Message}"))}.",
        ("field", faults[0].Field));
}

internal sealed record LiveKitTokenAnswer(string Token, string Url, string Room, int TtlHours)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(LiveKitTokenAnswer);
}
