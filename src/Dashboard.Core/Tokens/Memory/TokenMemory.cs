using Dashboard.Core.Keys;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Memory;

/// <summary>
/// What validation remembers, so that a token seen before costs neither a signature nor a read: tokens whose signature
/// was verified, by the SHA-256 of the whole token, and rows of the ledger. Neither says that a token is still good.
/// </summary>
internal sealed class TokenMemory
{
    private const int GenerationSize = 20_000;

    private readonly GenerationalCache<TokenHash, VerifiedToken> _verified = new(GenerationSize);
    private readonly GenerationalCache<string, KnownToken> _known = new(GenerationSize);

    public VerifiedToken? FindVerified(TokenHash hash) => _verified.Find(hash);

    public void AddVerified(TokenHash hash, VerifiedToken token) => _verified.Add(hash, token);

    public KnownToken? FindKnown(string tokenId) => _known.Find(tokenId);

    public void AddKnown(KnownToken token) => _known.Add(token.TokenId, token);
}

/// <summary>A token whose signature was verified.</summary>
/// <param name="Token">What it says.</param>
/// <param name="ForeignKey">
/// The key that did, where it is a trusted issuer's: once the issuer has it no more, or another under its name, the token has to
/// be verified again. Null for one of ours, whose <c>kid</c> is never used again.
/// </param>
internal sealed record VerifiedToken(ParsedToken Token, IVerifyingKey? ForeignKey);

/// <summary>The part of a ledger row that never changes; of its claims only the hash.</summary>
internal sealed record KnownToken(
    string TokenId,
    TokenKind Kind,
    string Subject,
    string? Client,
    string? Session,
    string? Family,
    DateTimeOffset? GrantedAt,
    string Audience,
    string KeyId,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    TokenHash ClaimsHash)
{
    /// <summary>True where another system gave it out: its hash is that of <see cref="AdoptedTokens"/>.</summary>
    public bool IsAdopted { get; private init; }

    public static KnownToken From(LedgerEntry entry)
    {
        var isAdopted = AdoptedTokens.IsOne(entry);
        return new KnownToken(
            entry.TokenId, entry.Kind, entry.Subject, entry.Client, entry.Session, entry.Family, entry.GrantedAt, entry.Audience,
            entry.KeyId, entry.IssuedAt, entry.ExpiresAt, isAdopted ? AdoptedTokens.HashOf(entry) : TokenHash.Of(entry.Claims))
        {
            IsAdopted = isAdopted,
        };
    }
}
