using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Hosting;
using Dashboard.SignIn.SecondFactors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.SignIn.Account;

/// <summary>One's own account in the API. What is shown once is in the answers of those calls alone.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/account")
            .WithTags("Account")
            .RequireAntiforgeryForCookies();

        group.MapGet("/", Get).WithName("GetAccount").RequireAuthorization(Policies.OwnAccount);
        group.MapPost("/authenticator", OfferAuthenticator).WithName("OfferAuthenticator").RequireAuthorization(Policies.ChangeOwnLogin);
        group.MapPut("/authenticator", AddAuthenticatorAsync).WithName("AddAuthenticator").RequireAuthorization(Policies.ChangeOwnLogin);
        group.MapDelete("/authenticator", RemoveAuthenticatorAsync).WithName("RemoveAuthenticator").RequireAuthorization(Policies.ChangeOwnLogin);
        group.MapPost("/recovery-codes", RenewCodesAsync).WithName("RenewRecoveryCodes").RequireAuthorization(Policies.ChangeOwnLogin);
        group.MapPost("/passkeys/options", OfferPasskeyAsync).WithName("OfferPasskey").RequireAuthorization(Policies.ChangeOwnLogin);
        group.MapPost("/passkeys", AddPasskeyAsync).WithName("AddPasskey").RequireAuthorization(Policies.ChangeOwnLogin);
        group.MapDelete("/passkeys/{id}", RemovePasskeyAsync).WithName("RemovePasskey").RequireAuthorization(Policies.ChangeOwnLogin);
    }

    /// <summary>Gives one’s own account.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static Results<Ok<AccountJson>, ProblemResult> Get(HttpContext context, OperatorDirectory operators) =>
        Find(context, operators) is { } found ? TypedResults.Ok(AccountJson.Of(found)) : Gone();

    /// <summary>Offers a key for an authenticator app.</summary>
    /// <remarks>Nothing changes until a code of it is sent back.</remarks>
    [Refuses(ErrorCode.NotFound)]
    internal static Results<Ok<AuthenticatorOfferJson>, ProblemResult> OfferAuthenticator(
        HttpContext context, OperatorDirectory operators, SecondFactorChanges changes)
    {
        if (Find(context, operators) is not { } found)
        {
            return Gone();
        }

        var offer = changes.Offer(found.Id);
        return TypedResults.Ok(new AuthenticatorOfferJson(offer.Secret, offer.Uri, offer.Sealed));
    }

    /// <summary>Adds the authenticator app whose code is sent.</summary>
    /// <remarks>With the first second factor come recovery codes, shown this once.</remarks>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<RecoveryCodesJson>, ProblemResult>> AddAuthenticatorAsync(
        AddAuthenticatorRequest body,
        HttpContext context,
        OperatorDirectory operators,
        SecondFactorChanges changes,
        CancellationToken cancellationToken) =>
        Find(context, operators) is { } found
            ? Answer(await changes.AddAuthenticatorAsync(found.Id, body.Offer, body.Code, context.Actor(), cancellationToken))
            : Gone();

    /// <summary>Removes the authenticator app.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<RecoveryCodesJson>, ProblemResult>> RemoveAuthenticatorAsync(
        HttpContext context, OperatorDirectory operators, SecondFactorChanges changes, CancellationToken cancellationToken) =>
        Find(context, operators) is { } found
            ? Answer(await changes.RemoveAuthenticatorAsync(found.Id, context.Actor(), cancellationToken))
            : Gone();

    /// <summary>Replaces the recovery codes. They are shown this once.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<RecoveryCodesJson>, ProblemResult>> RenewCodesAsync(
        HttpContext context, OperatorDirectory operators, SecondFactorChanges changes, CancellationToken cancellationToken) =>
        Find(context, operators) is { } found
            ? Answer(await changes.RenewRecoveryCodesAsync(found.Id, context.Actor(), cancellationToken))
            : Gone();

    /// <summary>Gives a browser what it needs to make a passkey.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<PasskeyOffer>, ProblemResult>> OfferPasskeyAsync(
        HttpContext context, OperatorDirectory operators, Passkeys passkeys) =>
        Find(context, operators) is { } found ? TypedResults.Ok(await passkeys.OfferNewAsync(context, found)) : Gone();

    /// <summary>Adds the passkey that a browser made.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<RecoveryCodesJson>, ProblemResult>> AddPasskeyAsync(
        AddPasskeyRequest body,
        HttpContext context,
        OperatorDirectory operators,
        Passkeys passkeys,
        SecondFactorChanges changes,
        CancellationToken cancellationToken)
    {
        if (Find(context, operators) is not { } found)
        {
            return Gone();
        }

        return await passkeys.ReadNewAsync(context, found, body.Passkey, body.State, body.Name.Trim()) is { } made
            ? Answer(await changes.AddPasskeyAsync(found.Id, made, context.Actor(), cancellationToken))
            : Problems.Invalid(new ValidationError("passkey", "is not what was asked for, or was made too long ago"));
    }

    /// <summary>Removes a passkey.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<RecoveryCodesJson>, ProblemResult>> RemovePasskeyAsync(
        string id, HttpContext context, OperatorDirectory operators, SecondFactorChanges changes, CancellationToken cancellationToken) =>
        Find(context, operators) is { } found && Base64Url.IsValid(id)
            ? Answer(await changes.RemovePasskeyAsync(found.Id, Base64Url.DecodeFromChars(id), context.Actor(), cancellationToken))
            : Gone();

    private static OperatorAccount? Find(HttpContext context, OperatorDirectory operators) =>
        operators.FindByName(context.User.Identity!.Name!);

    private static Results<Ok<RecoveryCodesJson>, ProblemResult> Answer(SecondFactorChange change) => change switch
    {
        SecondFactorChange.Changed { NewRecoveryCodes: var codes } => TypedResults.Ok(new RecoveryCodesJson(codes is [] ? null : codes)),
        SecondFactorChange.WrongCode => Problems.Invalid(new ValidationError("code", "is not what the app shows for this key now")),
        SecondFactorChange.OfferExpired => Problems.Invalid(new ValidationError("offer", "is too old or is somebody else's; ask for a new one")),
        SecondFactorChange.Needed => Problems.Create(
            ErrorCode.Conflict, "Your role needs a second factor, and this is the last one. Add another before you remove it."),
        _ => Problems.Create(ErrorCode.NotFound, "There is no such second factor."),
    };

    private static ProblemResult Gone() => Problems.Create(ErrorCode.NotFound, "There is no such account.");
}

/// <summary>A code of the offered key.</summary>
public sealed record AddAuthenticatorRequest(
    [property: Required, StringLength(500)] string Offer, [property: Required, StringLength(16)] string Code)
{
    /// <summary>Without what it holds.</summary>
    public override string ToString() => nameof(AddAuthenticatorRequest);
}

/// <summary>A passkey that the browser made.</summary>
public sealed record AddPasskeyRequest(
    [property: Required, StringLength(60, MinimumLength = 1)] string Name,
    [property: Required, StringLength(16_000)] string Passkey,
    [property: Required, StringLength(4_000)] string State);

internal sealed record AuthenticatorOfferJson(string Secret, string Uri, string Offer)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(AuthenticatorOfferJson);
}

/// <summary>New recovery codes, shown this once; absent where the old ones stay.</summary>
internal sealed record RecoveryCodesJson(IReadOnlyList<string>? RecoveryCodes)
{
    /// <summary>Without the codes.</summary>
    public override string ToString() => nameof(RecoveryCodesJson);
}

internal sealed record PasskeyJson(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

internal sealed record AccountJson(
    string Username, string Role, DateTimeOffset? AuthenticatorSince, IReadOnlyList<PasskeyJson> Passkeys, int RecoveryCodesLeft)
{
    public static AccountJson Of(OperatorAccount account) => new(
        account.UserName,
        account.Role,
        account.SecondFactors.Authenticator?.Since,
        [
            .. account.SecondFactors.Passkeys.Select(passkey => new PasskeyJson(
                Base64Url.EncodeToString(passkey.CredentialId), passkey.Name, passkey.CreatedAt, passkey.LastUsedAt)),
        ],
        account.SecondFactors.RecoveryCodes.Count);
}
