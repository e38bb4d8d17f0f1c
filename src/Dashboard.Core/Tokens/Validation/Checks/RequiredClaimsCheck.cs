namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>7: every claim that this type needs is there, and is what it has to be.</summary>
internal sealed class RequiredClaimsCheck() : TokenCheck("claims", "Are all required claims there?")
{
    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        var missing = Missing(parsed.Values, parsed.Type, token.Issuer is not null);
        return missing is null
            ? CheckOutcome.Passed(token.Explain ? "None is missing." : null)
            : CheckOutcome.Failed(
                TokenRefusal.MissingClaims,
                $"JWT token is missing required claims, or they have the wrong type: {string.Join(", ", missing)}.",
                new RefusalFacts { MissingClaims = missing });
    }

    private static List<string>? Missing(TokenClaims claims, string? type, bool isForeign)
    {
        List<string>? missing = null;
        Require(claims.Issuer, ClaimNames.Issuer);
        Require(claims.Subject, ClaimNames.Subject);
        Require(claims.IssuedAt, ClaimNames.IssuedAt);
        Require(claims.ExpiresAt, ClaimNames.ExpiresAt);
        if (isForeign)
        {
            // Others need not number their tokens, and have no types of ours.
            return missing;
        }

        Require(claims.TokenId, ClaimNames.TokenId);
        if (type == TokenKind.Operator.Type)
        {
            Require(claims.Role, ClaimNames.Role);
            Require(claims.Session, ClaimNames.Session);
            Require(claims.Fingerprint, ClaimNames.Fingerprint);
        }

        if (type == TokenKind.Agent.Type)
        {
            Require(claims.Agent, ClaimNames.Agent);
            Require(claims.HasScopes ? claims : null, ClaimNames.Scopes);
        }

        if (type == TokenKind.AgentTemp.Type)
        {
            Require(claims.Agent, ClaimNames.Agent);
        }

        return missing;

        void Require(object? value, string name)
        {
            if (value is null)
            {
                (missing ??= []).Add(name);
            }
        }
    }
}
