using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Dashboard.Bearer;

/// <summary>Pins everything that the handler would otherwise leave to the token.</summary>
internal sealed class JwtBearerSetup(
    string scheme, IOptions<SignetBearerOptions> signet, SignetKeys keys, SignetBearerEvents events, TimeProvider clock)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    private static readonly string[] UsualAlgorithms = ["RS256", "PS256", "ES256"];

    // An ID token, or what lets somebody register, is no access token (RFC 8725 section 3.11).
    private static readonly string[] Types = ["at+jwt", "JWT"];

    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name != scheme)
        {
            return;
        }

        var chosen = signet.Value;
        options.TimeProvider = clock;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.ConfigurationManager = keys.Manager;
        options.Events = events;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = chosen.Issuer,
            ValidAudiences = chosen.Audiences,
            ValidAlgorithms = chosen.Algorithms is { Count: > 0 } algorithms ? algorithms : UsualAlgorithms,
            ValidTypes = Types,
            ClockSkew = chosen.ClockSkew,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            NameClaimType = "sub",
            RoleClaimType = "role",
            LifetimeValidator = IsAlive,
        };
    }

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    // By the application's clock: the library asks the system's.
    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is null ? throw new SecurityTokenNoExpirationException("The token has no expiry.")
            : notBefore > now + parameters.ClockSkew ? throw new SecurityTokenNotYetValidException("The token is not valid yet.") { NotBefore = notBefore.Value }
            : expires <= now - parameters.ClockSkew ? throw new SecurityTokenExpiredException("The token has expired.") { Expires = expires.Value }
            : true;
    }
}
