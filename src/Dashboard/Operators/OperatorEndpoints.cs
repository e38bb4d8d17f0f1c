using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Operators;

/// <summary>Operators in the API. A generated password is in the answer that made it, and nowhere else.</summary>
internal static class OperatorEndpoints
{
    public static void MapOperators(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/operators").WithTags("Operators").RequireAntiforgeryForCookies();

        group.MapGet("/", List).WithName("ListOperators").RequireAuthorization(Policies.ReadOperators);
        group.MapGet("/{id}", Get).WithName("GetOperator").RequireAuthorization(Policies.ReadOperators);
        group.MapPost("/", CreateAsync).WithName("CreateOperator").RequireAuthorization(Policies.ManageOperators);
        group.MapPatch("/{id}", UpdateAsync).WithName("UpdateOperator").RequireAuthorization(Policies.ManageOperators);
        group.MapPost("/{id}/reset", ResetAsync).WithName("ResetOperator").RequireAuthorization(Policies.ManageOperators);
        group.MapPost("/{id}/unlock", UnlockAsync).WithName("UnlockOperator").RequireAuthorization(Policies.ManageOperators);
    }

    /// <summary>Lists the people who may log in.</summary>
    /// <remarks>Everybody on one page: there are few.</remarks>
    internal static Results<Ok<PageJson<OperatorJson>>, ProblemResult> List(
        OperatorDirectory operators,
        [Description("The beginning of a user name.")] string? search,
        [Description("Only those with this role.")] string? role)
    {
        if (role is { Length: > 0 } && !Roles.Exists(role))
        {
            return UnknownRole();
        }

        OperatorJson[] items = [.. operators.All.Where(OperatorsAddress.Of(search, role).Matches).Select(found => OperatorJson.Of(found))];
        return TypedResults.Ok(new PageJson<OperatorJson>(items, null, items.Length, false));
    }

    /// <summary>Gives one operator.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static Results<Ok<OperatorJson>, ProblemResult> Get(string id, OperatorDirectory operators) =>
        operators.Find(id) is { } found ? TypedResults.Ok(OperatorJson.Of(found)) : Refusal(new OperatorUpdate.Unknown());

    /// <summary>Adds an operator. A generated password is shown this once.</summary>
    [Refuses(ErrorCode.Conflict)]
    internal static async Task<Results<Created<OperatorJson>, ProblemResult>> CreateAsync(
        CreateOperatorRequest body,
        HttpContext context,
        OperatorAdministration administration,
        Creations creations,
        CancellationToken cancellationToken)
    {
        // Without the password: not even a hash of it is kept for a repeat, for it could be guessed from that.
        await using var creation = await creations.BeginAsync(
            context, body with { Password = null }, cancellationToken, RepeatedCreation.OfOperator);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        switch (await administration.CreateAsync(
            body.Username, body.Role, body.Password, body.Reason?.Trim(), context.Actor(), cancellationToken))
        {
            case OperatorCreation.Created created:
                await creation.MadeAsync(created.Operator.Id);
                return TypedResults.Created(
                    $"/dashboard/operators/{created.Operator.Id}", OperatorJson.Of(created.Operator, created.Password));
            case OperatorCreation.NameTaken:
                return Problems.Create(ErrorCode.Conflict, OperatorRefusals.NameTaken(body.Username), ("field", "username"));
            case OperatorCreation.Invalid invalid:
                return Problems.Invalid(invalid.Faults);
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }

    /// <summary>Changes the role of an operator, or lets them in or not.</summary>
    /// <remarks>With dry_run it says what that would end.</remarks>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<OperatorJson>, Ok<OperatorTrialJson>, ProblemResult>> UpdateAsync(
        string id,
        UpdateOperatorRequest body,
        HttpContext context,
        OperatorAdministration administration,
        CancellationToken cancellationToken)
    {
        if (body is { Role: null, Enabled: null })
        {
            return Problems.Invalid(new ValidationError("role", "is required, or enabled, or both"));
        }

        if (body.Role is { } role && !Roles.Exists(role))
        {
            return UnknownRole();
        }

        var edit = new OperatorEdit(body.Role, body.Enabled);
        if (body.DryRun)
        {
            return administration.TryUpdate(id, edit, context.Actor()) switch
            {
                OperatorUpdate.Unknown unknown => Refusal(unknown),
                OperatorUpdate.Changed changed => TypedResults.Ok(new OperatorTrialJson(true, OperatorJson.Of(changed.Operator), null)),
                OperatorUpdate.Already already => TypedResults.Ok(new OperatorTrialJson(true, OperatorJson.Of(already.Operator), null)),
                var refused => TypedResults.Ok(new OperatorTrialJson(false, null, RefusalJson.Of(Refusal(refused)))),
            };
        }

        return await administration.UpdateAsync(id, edit, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            OperatorUpdate.Changed changed => TypedResults.Ok(OperatorJson.Of(changed.Operator)),

            // Asked for twice is done once: nothing was to be changed, and no session has ended.
            OperatorUpdate.Already already => TypedResults.Ok(OperatorJson.Of(already.Operator)),
            var refused => Refusal(refused),
        };
    }

    /// <summary>Gives an operator a new password and takes their second factors away. The password is shown this once.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<OperatorJson>, ProblemResult>> ResetAsync(
        string id,
        ResetOperatorRequest body,
        HttpContext context,
        OperatorAdministration administration,
        CancellationToken cancellationToken) =>
        await administration.ResetAsync(id, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            OperatorUpdate.Changed changed => TypedResults.Ok(OperatorJson.Of(changed.Operator, changed.Password)),
            var refused => Refusal(refused),
        };

    /// <summary>Lets an operator try again at once who was stopped by failed logins.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<NoContent, ProblemResult>> UnlockAsync(
        string id,
        ResetOperatorRequest body,
        HttpContext context,
        OperatorUnlocking unlocking,
        CancellationToken cancellationToken) =>
        await unlocking.UnlockAsync(id, body.Reason.Trim(), context.Actor(), cancellationToken)
            ? TypedResults.NoContent()
            : Refusal(new OperatorUpdate.Unknown());

    private static ProblemResult Refusal(OperatorUpdate update) => Problems.Create(
        update is OperatorUpdate.Unknown ? ErrorCode.NotFound : ErrorCode.Conflict, OperatorRefusals.Describe(update));

    private static ProblemResult UnknownRole() =>
        Problems.Invalid(new ValidationError("role", Roles.Rule));
}

/// <summary>Somebody new.</summary>
/// <param name="Username">What they sign in with.</param>
/// <param name="Role"><c>administrator</c>, <c>reviewer</c>, <c>support</c> or <c>subject</c>.</param>
/// <param name="Password">Null to have one generated. Either must be changed at the first login.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record CreateOperatorRequest(
    [property: Required, StringLength(128)] string Username,
    [property: Required] string Role,
    [property: StringLength(1_000)] string? Password,
    [property: StringLength(500)] string? Reason)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => Username;
}

/// <summary>What shall become of an operator; what is absent stays as it is.</summary>
/// <param name="Role">Another role.</param>
/// <param name="Enabled">False to keep them out.</param>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would happen.</param>
public sealed record UpdateOperatorRequest(
    string? Role, bool? Enabled, [property: Required, StringLength(500, MinimumLength = 3)] string Reason, bool DryRun);

/// <summary>Why somebody gets a new password.</summary>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record ResetOperatorRequest([property: Required, StringLength(500, MinimumLength = 3)] string Reason);
