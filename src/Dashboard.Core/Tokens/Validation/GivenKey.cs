using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Keys.Public;

namespace Dashboard.Core.Tokens.Validation;

/// <summary>
/// A key that somebody has at hand to verify a token with, whoever issued it: for one question it stands for a trusted issuer, so
/// that the same checks answer. Made by <see cref="Inspection.GivenKeyReader"/>.
/// </summary>
public sealed record GivenKey
{
    private const int LongestName = 60;
    private const string Nobody = "the issuer";

    private readonly IReadOnlyList<PublicKey> _keys;
    private readonly SharedSecretKey? _secret;

    internal GivenKey(IReadOnlyList<PublicKey> keys) => _keys = keys;

    internal GivenKey(SharedSecretKey secret) => (_keys, _secret) = ([], secret);

    /// <summary>The <c>iss</c> that the token must have; null for whatever it names.</summary>
    public string? Issuer { get; init; }

    /// <summary>Never prints a key.</summary>
    public override string ToString() => nameof(GivenKey);

    internal TrustedIssuer IssuerOf(ParsedToken token, string? audience) => new()
    {
        Name = NameOf(token.Values.Issuer ?? Issuer),
        Issuer = token.Values.Issuer ?? Issuer ?? "",
        Source = _secret is null ? IssuerKeySource.PublicKey : IssuerKeySource.Secret,
        Algorithms = _secret is null
            ? [.. _keys.SelectMany(key => key.UsableAlgorithms).Distinct(StringComparer.Ordinal)]
            : [SharedSecretKey.Algorithm],
        Audiences = audience is null ? [] : [audience],
        Types = TrustedIssuer.UsualTypes,
        StaticKey = KeyFor(token),
        IsGiven = true,
    };

    // One key is the one that is meant, whatever the token calls it; of several it is the one that it names.
    private IVerifyingKey? KeyFor(ParsedToken token) =>
        _secret is not null ? _secret
        : _keys is [var only] ? only
        : IssuerKeys.Choose(_keys, token.KeyId, token.Algorithm);

    private static string NameOf(string? issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var address) && address.Host is not "" ? address.Host
        : issuer is { Length: > 0 and <= LongestName } && !issuer.Any(char.IsControl) ? issuer
        : Nobody;
}
