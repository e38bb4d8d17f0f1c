using System.Globalization;
using System.Security.Claims;
using Dashboard.Core.Sessions;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Dashboard.Hosting;

/// <summary>The scheme of API operators and agents. The package brings the handler; whether a token is good the core alone decides.</summary>
internal static class BearerAuthentication
{
    public static AuthenticationBuilder AddBearer(this AuthenticationBuilder builder) => builder
        .AddJwtBearer(Schemes.Bearer, options =>
        {
            options.MapInboundClaims = false;
            options.Events = new JwtBearerEvents { OnMessageReceived = CheckAsync, OnChallenge = ChallengeAsync };
        })
        .AddPolicyScheme(Schemes.Either, displayName: null, options => options.ForwardDefaultSelector = context =>
            context.Request.Headers.Authorization.Count > 0 ? Schemes.Bearer : Schemes.Session);

    private static async Task CheckAsync(MessageReceivedContext context)
    {
        // Never from the query, a cookie or a second header (RFC 6750 section 2).
        if (BearerToken.Of(context.Request) is not { } token
            || context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<JudgesBearerAttribute>() is not null)
        {
            context.NoResult();
            return;
        }

        if (context.Request.Headers[Problems.FingerprintHeader] is { Count: > 1 })
        {
            Refuse(context, Problems.Create(
                ErrorCode.FingerprintMismatch, $"The {Problems.FingerprintHeader} header is given more than once."));
            return;
        }

        switch (await VerdictOfAsync(context.HttpContext, token))
        {
            case TokenVerdict.Accepted accepted:
                context.HttpContext.Features.Set(accepted.Token);
                context.Principal = PrincipalOf(accepted.Token, await ProofOfAsync(context.HttpContext, accepted.Token));
                context.Success();
                break;
            case TokenVerdict.Refused refused:
                Refuse(context, Problems.From(refused));
                break;
        }
    }

    private static ValueTask<TokenVerdict> VerdictOfAsync(HttpContext context, string token) =>
        context.RequestServices.GetRequiredService<IBearerCheck>().CheckAsync(
            token,
            new ValidationContext
            {
                Kinds = (context.GetEndpoint()?.Metadata.GetMetadata<BearerKinds>() ?? BearerKinds.OfOperators).Kinds,
                Where = "api",
                Fingerprint = context.Request.SingleFingerprint(),
                Origin = context.Origin(),
            },
            context.RequestAborted);

    private static async Task<DateTimeOffset?> ProofOfAsync(HttpContext context, AcceptedToken token)
    {
        var sessions = context.RequestServices.GetRequiredService<SessionDirectory>();
        return token.Session is { } name && await sessions.FindAsync(name, context.RequestAborted) is SessionLookup.Live live
            ? sessions.ProofOf(live.Session)
            : null;
    }

    private static void Refuse(MessageReceivedContext context, ProblemResult problem)
    {
        context.HttpContext.KeepRefusal(problem);
        context.Fail(problem.Code.Name);
    }

    private static Task ChallengeAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        return Problems.WriteAsync(context.HttpContext, context.HttpContext.KeptRefusal() ?? Problems.AuthRequired());
    }

    private static ClaimsPrincipal PrincipalOf(AcceptedToken token, DateTimeOffset? provenAt)
    {
        var name = token.Subject.StartsWith(Subjects.OperatorPrefix, StringComparison.Ordinal)
            ? token.Subject[Subjects.OperatorPrefix.Length..]
            : token.Subject;
        List<Claim> claims = [new(SignetClaims.Name, name)];
        Add(SignetClaims.Role, token.Role);
        Add(SignetClaims.Session, token.Session);
        Add(SignetClaims.Proof, provenAt?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, Schemes.Bearer, SignetClaims.Name, SignetClaims.Role));

        void Add(string type, string? value)
        {
            if (value is not null)
            {
                claims.Add(new Claim(type, value));
            }
        }
    }
}
