using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Memory;

namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>
/// 10: Signet issued this very token, unless a trusted issuer did. One that our key signed but the ledger does not know means that the key has leaked.
/// </summary>
internal sealed class LedgerCheck(ITokenLedger ledger, TokenMemory memory) : ITokenCheck
{
    public string Name => "ledger";

    public string Title => "Did Signet issue it?";

    public async ValueTask<CheckOutcome> RunAsync(TokenUnderCheck token, CancellationToken cancellationToken)
    {
        if (token.Issuer is null && token.Parsed?.Values.TokenId is null)
        {
            return CheckOutcome.NotReached("The token has no id (jti) to look for.");
        }

        if (!token.SignatureVerified)
        {
            return CheckOutcome.NotReached("Without a genuine signature the token's id proves nothing.");
        }

        if (token.Issuer is { } issuer)
        {
            return CheckOutcome.Passed(token.Explain ? $"Issued by {issuer.Name} and not kept here: only {issuer.Name} can say." : null);
        }

        var tokenId = token.Parsed!.Values.TokenId!;
        token.Known = await FindAsync(tokenId, cancellationToken);
        return token.Known switch
        {
            null => CheckOutcome.Failed(
                TokenRefusal.Unknown,
                "The signature is ours, but Signet never issued this token. The signing key may have leaked."),
            var known when !IsSame(known, token.Parsed) => CheckOutcome.Failed(
                TokenRefusal.Unknown,
                "The signature is ours and the id is known, but Signet issued that id with other claims. "
                + "The signing key may have leaked."),
            var known => CheckOutcome.Passed(token.Explain ? $"Issued at {Times.Iso(known.IssuedAt)} as {known.Kind.Name}." : null),
        };
    }

    /// <summary>The row of a token, from memory nearly always; null where there is none.</summary>
    internal async ValueTask<KnownToken?> FindAsync(string tokenId, CancellationToken cancellationToken) =>
        memory.FindKnown(tokenId) ?? await ReadAsync(tokenId, cancellationToken);

    private async ValueTask<KnownToken?> ReadAsync(string tokenId, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(tokenId, cancellationToken) is not { } entry)
        {
            return null;
        }

        var known = KnownToken.From(entry);
        memory.AddKnown(known);
        return known;
    }

    // Every claim, to the byte: whoever has the key must not widen a token that was once issued.
    private static bool IsSame(KnownToken known, ParsedToken token) =>
        known.KeyId == token.KeyId && !known.Kind.IsOpaque && known.Kind.Type == token.Type && known.ClaimsHash == token.ClaimsHash;
}
