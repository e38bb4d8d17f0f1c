using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.LiveKit;
using Dashboard.Core.Scopes;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Dashboard.LiveKit;

/// <summary>
/// Who gets tokens for LiveKit: operators who may make some, whoever has a token with the scope for it, and nobody else unless a
/// setting says so.
/// </summary>
internal sealed class LiveKitCallers(
    AccessControl access,
    ScopeHierarchy scopes,
    RequestBudgets budgets,
    BudgetRefusals refusals,
    EventLog events,
    TimeProvider clock)
{
    /// <summary>What an access token must grant.</summary>
    public const string Scope = "livekit:token";

    private const string Anonymous = "anonymous";

    /// <summary>What may be sent in the Authorization header.</summary>
    public static readonly BearerKinds Kinds = new([TokenKind.Operator, TokenKind.Access, TokenKind.Minted, TokenKind.Agent]);

    /// <summary>
    /// Lets in whoever was recognised; where a setting opens it, also those who show nothing. A token that is refused is never
    /// taken for none.
    /// </summary>
    public static bool MayCome(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true }
        || (context.Resource is HttpContext http
            && http.Request.Headers.Authorization.Count is 0
            && http.RequestServices.GetRequiredService<IOptions<LiveKitOptions>>().Value.AllowAnonymous);

    /// <summary>Who asks, or why they may not.</summary>
    public LiveKitCaller Find(HttpContext context)
    {
        var ip = context.Connection.RemoteIpAddress?.ToString();
        if (context.Features.Get<AcceptedToken>() is { Kind: not TokenKind.Operator } token)
        {
            return scopes.Has(token.Scopes, Scope)
                // Never without a role: only Signet itself and commands have none.
                ? new LiveKitCaller(token.Client is { } client ? Actor.OfClient(client, ip) : new Actor(token.Subject, "", ip), token.Client)
                : Refused(context, token.Subject, Problems.Create(
                    ErrorCode.InsufficientScope,
                    $"The token lacks {Scope}. It holds {(token.Scopes is [] ? "no scope" : ScopeText.Join(token.Scopes))}.",
                    ("required_scopes", new[] { Scope }),
                    ("current_scopes", token.Scopes)));
        }

        if (context.User.Identity is { IsAuthenticated: true })
        {
            var who = context.Actor();
            return access.Check(who, Right.MakeLiveKitTokens) is null
                ? new LiveKitCaller(who, null) { IsOperator = true }
                : Refused(
                    context, who.Name, Problems.RoleRequired(AccessTable.RolesWith(Right.MakeLiveKitTokens), context.User.Role()));
        }

        // Good ones cost, too: each is a row of the ledger, and nobody stands behind it.
        return budgets.Spend(RequestBudget.AnonymousTokens, context.Connection.RemoteIpAddress) is { } spent
            ? new LiveKitCaller(null, null) { Refusal = refusals.Refuse(context, spent) }
            : new LiveKitCaller(new Actor(Anonymous, "", ip), null);
    }

    private LiveKitCaller Refused(HttpContext context, string subject, ProblemResult refusal)
    {
        events.Record(new SecurityEvent
        {
            At = clock.GetUtcNow(),
            Kind = EventKinds.AccessRefused,
            Outcome = EventOutcome.Refused,
            Code = refusal.Code.Name,
            Subject = subject,
            Origin = context.Origin(),
            Detail = refusal.Detail,
        });
        return new LiveKitCaller(null, null) { Refusal = refusal };
    }
}

/// <summary>Who asks for a token for LiveKit.</summary>
/// <param name="Who">As the ledger names them; null where they are refused.</param>
/// <param name="Client">The client whose token they showed; null where it is none of a client.</param>
internal sealed record LiveKitCaller(Actor? Who, string? Client)
{
    /// <summary>True for a person, whose doing is in the audit log.</summary>
    public bool IsOperator { get; init; }

    /// <summary>Why they may not; null where they may.</summary>
    public ProblemResult? Refusal { get; init; }
}
