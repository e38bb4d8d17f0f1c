using Dashboard.Hosting;
using Dashboard.SignIn.Account;
using Dashboard.SignIn.Proofs;
using Dashboard.SignIn.SecondFactors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.SignIn;

/// <summary>What pages cannot do from a circuit, which has no response to set cookies on.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapProofs();
        routes.MapAccount();
        var group = routes.MapGroup("").WithTags("Sign-in").ExcludeFromDescription();

        group.MapPost("/logout", LogOutAsync).AllowAnonymous();
        group.MapPost("/login/passkey", OfferPasskeyAsync).AllowAnonymous();
        group.MapGet("/antiforgery", GetToken).RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(Schemes.Session)
            .RequireAuthenticatedUser());
    }

    /// <summary>Ends the session. Without one there is nothing to protect, and nothing to do.</summary>
    internal static async Task<Results<EmptyHttpResult, ProblemResult>> LogOutAsync(
        HttpContext context, BrowserLogin login, IAntiforgery antiforgery)
    {
        // A session that waits for a confirmation has nobody to make a token for; that the request is ours was checked.
        if (CurrentSession.Of(context) is not null && !await antiforgery.IsRequestValidAsync(context))
        {
            return Problems.Create(
                ErrorCode.InvalidInput, "The form is too old or is not from this dashboard. Load the page again.");
        }

        await login.SignOutAsync(context);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        context.Response.SeeOther(SignInAddress.With(SignOutNotice.SignedOut, null));
        return TypedResults.Empty;
    }

    /// <summary>
    /// What a browser needs to use a passkey: of whoever has shown their password, or of anybody. The same for everybody: it
    /// tells nothing about who has an account.
    /// </summary>
    internal static async Task<Results<Ok<PasskeyOffer>, ProblemResult>> OfferPasskeyAsync(
        HttpContext context, Passkeys passkeys, PendingLogins pending, OwnOrigins origins) =>
        origins.IsSameSiteRequest(context.Request)
            ? TypedResults.Ok(await passkeys.OfferAsync(context, pending.Find(context)?.Operator))
            : Problems.ForeignOrigin();

    /// <summary>A token for forms that scripts make, for those with a ticket (PageProof); never cached (SecurityHeaders).</summary>
    internal static Ok<AntiforgeryAnswer> GetToken(HttpContext context, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return TypedResults.Ok(new AntiforgeryAnswer(tokens.RequestToken!, tokens.FormFieldName));
    }
}

internal sealed record AntiforgeryAnswer(string Token, string Field);
