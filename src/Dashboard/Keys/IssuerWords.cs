using Dashboard.Controls;
using Dashboard.Core.Keys.Issuers;

namespace Dashboard.Keys;

/// <summary>What pages say about trusted issuers.</summary>
internal static class IssuerWords
{
    private const int MostNamed = 4;

    public static string TitleOf(IssuerKeyState state) => state switch
    {
        IssuerKeyState.Fresh => "Fresh",
        IssuerKeyState.Stale => "Stale",
        IssuerKeyState.Unreachable => "Unreachable",
        IssuerKeyState.NeverFetched => "Never fetched",
        IssuerKeyState.Static => "In the settings",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No word for this state."),
    };

    public static StatusKind KindOf(IssuerKeyState state) => state switch
    {
        IssuerKeyState.Fresh or IssuerKeyState.Static => StatusKind.Live,
        IssuerKeyState.Stale => StatusKind.Warning,
        IssuerKeyState.Unreachable => StatusKind.Refused,
        _ => StatusKind.Ended,
    };

    /// <summary>What it means for tokens; null where all is well.</summary>
    public static string? MeaningOf(IssuerKeyState state) => state switch
    {
        IssuerKeyState.Stale => "Its tokens are still accepted, by the keys that were fetched before. One that is signed with a newer key is refused.",
        IssuerKeyState.Unreachable => "There is no key that is still good: every token of this issuer is refused.",
        IssuerKeyState.NeverFetched => "Its keys are fetched as soon as they are needed.",
        _ => null,
    };

    public static string KeysOf(TrustedIssuerHealth issuer) => (issuer.Source, issuer.Keys) switch
    {
        (IssuerKeySource.Secret, _) => "a shared secret",
        (IssuerKeySource.PublicKey, _) => "one public key",
        (_, []) => "none",
        (_, var keys) => $"{(keys.Count is 1 ? "1 key" : $"{keys.Count} keys")}: "
            + string.Join(", ", keys.Take(MostNamed).Select(NameOf))
            + (keys.Count > MostNamed ? $" and {keys.Count - MostNamed} more" : ""),
    };

    private static string NameOf(IssuerKey key) =>
        $"{VisibleText.CutMiddle(key.KeyId ?? "without a name", 24)} ({(key.Algorithms is [] ? "not used" : string.Join(", ", key.Algorithms))})";
}
