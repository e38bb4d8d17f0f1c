using System.Globalization;
using Dashboard.Bearer.Presentations;
using Dashboard.Bearer.Revocations;
using Dashboard.Bearer.Scopes;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Dashboard.Bearer;

/// <summary>What the handler does not do by itself: revocations, bindings, and answers that say what is wrong (RFC 6750).</summary>
internal sealed class SignetBearerEvents(
    SignetKeys keys,
    RevokedTokens revoked,
    RevocationFollower follower,
    PresentationQueue presentations,
    IOptions<SignetBearerOptions> options) : JwtBearerEvents
{
    private static readonly object Key = new();

    private static readonly string[] Required = ["sub", "iat", "jti"];

    // Bound to a fingerprint, an address, a program; to a key or certificate (RFC 7800).
    private static readonly string[] Bindings = ["fph", "iph", "uah", "cnf"];

    // Before the handler looks for keys, one request after the other: while there are none, all would wait for Signet.
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (keys.WereRead || !options.Value.FollowRevocations || context.Request.Headers.Authorization.Count == 0)
        {
            return;
        }

        await follower.FirstAttempt.WaitAsync(context.HttpContext.RequestAborted);
        if (IsClosed)
        {
            context.HttpContext.Items[Key] = Refusal.Unknown;
            context.Fail(Refusal.Unknown.Description);
        }
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        if (FaultOf(token) is { } fault)
        {
            Refuse(context, new Refusal(fault));
            return;
        }

        if (options.Value.FollowRevocations && await FindRefusalAsync(token, context.HttpContext) is { } refusal)
        {
            Refuse(context, refusal);
            return;
        }

        presentations.Record(token.Id, context.HttpContext);
    }

    public override Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        // Without keys nothing can be said about the token.
        if (!keys.WereRead && context.Exception is not SecurityTokenMalformedException)
        {
            context.HttpContext.Items[Key] = Refusal.Unknown;
            context.Fail("The keys of Signet are not known.");
        }

        return Task.CompletedTask;
    }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        if (context.HttpContext.Items[Key] is not Refusal refusal)
        {
            return Task.CompletedTask;
        }

        if (refusal.IsUnknown)
        {
            context.HandleResponse();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter =
                Math.Max(1, (int)options.Value.PollInterval.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        }

        (context.Error, context.ErrorDescription) = ("invalid_token", refusal.Description);
        return Task.CompletedTask;
    }

    public override Task Forbidden(ForbiddenContext context)
    {
        if (MissingScopes.Of(context.HttpContext) is { } scopes)
        {
            context.Response.Headers.WWWAuthenticate =
                $"Bearer error=\"insufficient_scope\", error_description=\"The token does not hold every scope that is needed\", scope=\"{scopes}\"";
        }

        return Task.CompletedTask;
    }

    private bool IsClosed => follower.IsSilent && options.Value.WhenSilent is SilencePolicy.Refuse;

    private static void Refuse(TokenValidatedContext context, Refusal refusal)
    {
        context.HttpContext.Items[Key] = refusal;
        context.Fail(refusal.Description);
    }

    private string? FaultOf(JsonWebToken token) =>
        Array.Find(Required, name => !token.TryGetPayloadValue<object>(name, out _)) is { } missing ? $"The token has no claim {missing}"
        : !options.Value.AcceptBoundTokens && Array.Exists(Bindings, name => token.TryGetPayloadValue<object>(name, out _))
            ? "The token is bound to its holder, which cannot be verified here"
        : null;

    private async Task<Refusal?> FindRefusalAsync(JsonWebToken token, HttpContext context)
    {
        await follower.FirstAttempt.WaitAsync(context.RequestAborted);

        // What is known to be revoked is so whether or not there is news.
        return revoked.Covers(token) ? new Refusal("The token was revoked")
            : revoked.IsSuspended(token) ? new Refusal("The client or the subject of the token may not act at this time")
            : IsClosed ? Refusal.Unknown
            : null;
    }

    /// <summary>Why a token is not accepted.</summary>
    /// <param name="Description">For the caller: nothing that it does not know.</param>
    private sealed record Refusal(string Description)
    {
        /// <summary>Nobody knows at this time whether it is good.</summary>
        public static readonly Refusal Unknown = new("It cannot be verified at this time.");

        public bool IsUnknown => ReferenceEquals(this, Unknown);
    }
}
