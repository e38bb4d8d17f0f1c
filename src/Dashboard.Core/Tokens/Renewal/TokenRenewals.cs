using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Validation;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.Renewal;

/// <summary>
/// Says what has to be asked for, so that a token like an old one takes its place: same subject, scopes, audience, client and
/// lifetime. Only for tokens that somebody made by hand and nobody took away; others come from where they came from.
/// </summary>
public sealed class TokenRenewals
{
    private static readonly TokenKind[] MadeByHand = [TokenKind.Minted, TokenKind.LiveKit];

    // What does not stand in the way: it is about to be cured, or about whom the old one was shown to.
    private static readonly string[] Curable =
        [TokenRefusal.Expired.Code, TokenRefusal.KeyRetired.Code, TokenRefusal.WrongAudience.Code];

    private readonly TokenReporter _reporter;
    private readonly TokenIssuer _issuer;
    private readonly KeyRing _ring;
    private readonly TokenOptions _options;

    internal TokenRenewals(TokenReporter reporter, TokenIssuer issuer, KeyRing ring, IOptions<TokenOptions> options) =>
        (_reporter, _issuer, _ring, _options) = (reporter, issuer, ring, options.Value);

    /// <summary>Judges an old token, expired or not. Issues nothing.</summary>
    /// <param name="token">The old one.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Primitives.StoreUnavailableException">The ledger cannot be read.</exception>
    public async Task<TokenRenewal> JudgeAsync(string token, Actor who, CancellationToken cancellationToken)
    {
        var report = await _reporter.ReportAsync(token, new ValidationContext { Use = TokenUse.AsItLooks, IsHandedOn = true }, cancellationToken);
        if (report.Checks.FirstOrDefault(check => check.Code is { } code && !Curable.Contains(code, StringComparer.Ordinal)) is { } fault)
        {
            return new TokenRenewal.Impossible(fault.Detail);
        }

        if (report.Ledger is not { } old)
        {
            return new TokenRenewal.Impossible("It is not in the ledger.");
        }

        if (!MadeByHand.Contains(old.Kind))
        {
            return new TokenRenewal.Impossible(
                $"It was not minted by hand ({old.Kind.Name}): whoever holds it gets a new one where it got this one.");
        }

        var request = RequestOf(old, report, who);
        return _issuer.FaultsOf(request) is [var first, ..]
            ? new TokenRenewal.Impossible($"Such a token is no longer issued: its {first.Field} {first.Message}.")
            : new TokenRenewal.Possible(old, request);
    }

    private TokenRequest RequestOf(LedgerEntry old, TokenReport report, Actor who) => new()
    {
        Kind = old.Kind,
        Subject = old.Subject,
        Audience = old.Audience,
        Client = old.Client,
        Scopes = ScopeText.Split(old.Scope),

        // The claims count whole seconds from when it was issued.
        Lifetime = TimeSpan.FromSeconds(old.ExpiresAt.ToUnixTimeSeconds() - old.IssuedAt.ToUnixTimeSeconds()),
        Algorithm = report.Header is { } header && header.TryGetProperty("alg", out var name)
            && KeyAlgorithms.Parse(name.GetString()) is { } algorithm && _ring.Algorithms.Contains(algorithm)
                ? algorithm
                : null,
        ExtraClaims = ExtraClaimsOf(old),
        Who = who,
        Audited = true,
    };

    // What the deployment adds to tokens for APIs it adds again, as it is configured by now.
    private JsonElement? ExtraClaimsOf(LedgerEntry old)
    {
        var claims = JsonNode.Parse(old.Claims)!.AsObject();
        foreach (var name in claims.Select(claim => claim.Key).Where(name => IsSetAnew(name, old.Kind)).ToList())
        {
            claims.Remove(name);
        }

        return claims.Count is 0 ? null : JsonSerializer.SerializeToElement(claims);
    }

    private bool IsSetAnew(string name, TokenKind kind) => ClaimNames.Reserved.Contains(name)
        || (kind is not TokenKind.LiveKit && _options.ExtraClaims.Keys.Contains(name, StringComparer.OrdinalIgnoreCase));
}
