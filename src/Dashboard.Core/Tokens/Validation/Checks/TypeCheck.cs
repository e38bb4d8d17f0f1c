using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>6: the token's type fits the use (RFC 8725 section 3.11).</summary>
internal sealed class TypeCheck() : TokenCheck("type", "Is it the right kind of token for this use?")
{
    private static readonly TokenKind[] Every = [.. Enum.GetValues<TokenKind>().Where(kind => kind.SpeaksForSomebody)];

    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        if (token.Parsed is not { } parsed)
        {
            return CheckOutcome.NotReached(FormatCheck.Unreadable);
        }

        if (token.Issuer is { } issuer)
        {
            return ForeignTypes.FaultOf(parsed, issuer, token.Context.Kinds) is { } fault
                ? CheckOutcome.Failed(TokenRefusal.WrongType, fault)
                : CheckOutcome.Passed(token.Explain ? $"It has {ForeignTypes.Name(parsed)}, as access tokens of {issuer.Name} may have." : null);
        }

        if (token.IsAdopted && AdoptedTokens.IsType(parsed.Type) && (token.Context.Kinds is [] || token.Context.Kinds.Contains(TokenKind.Access)))
        {
            return CheckOutcome.Passed(token.Explain ? "It has the type of access tokens where it was issued." : null);
        }

        var kinds = token.Context.Kinds is { Count: > 0 } asked ? asked : Every;
        foreach (var kind in kinds)
        {
            if (kind.Type == parsed.Type)
            {
                return CheckOutcome.Passed(token.Explain ? $"Its type is {parsed.Type}." : null);
            }
        }

        return CheckOutcome.Failed(
            TokenRefusal.WrongType,
            $"{(parsed.Type is null ? "The token has no type (typ)" : $"A token of type '{parsed.Type}' cannot be used here")};"
            + $" needed is {string.Join(" or ", kinds.Select(kind => kind.Type).Distinct())}.");
    }
}
