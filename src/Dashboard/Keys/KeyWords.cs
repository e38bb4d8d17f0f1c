using Dashboard.Controls;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;

namespace Dashboard.Keys;

/// <summary>Keys in words.</summary>
internal static class KeyWords
{
    public static string TitleOf(KeyState state) => state.ToString();

    public static StatusKind KindOf(KeyState state) => state switch
    {
        KeyState.Current => StatusKind.Live,
        KeyState.Revoked => StatusKind.Refused,
        _ => StatusKind.Ended,
    };

    /// <summary>What a key does in a state.</summary>
    public static string MeaningOf(KeyState state) => state switch
    {
        KeyState.Next => "Published, signs after the next rotation",
        KeyState.Current => "Signs",
        KeyState.Previous => "Verifies what it signed",
        KeyState.Retired => "Gone from the JWKS",
        _ => "Everything it signed is refused",
    };

    /// <summary>"12 live tokens of 3 clients", with a plus where counting stopped.</summary>
    public static string ReachOf(KeyUsage usage) => usage.LiveTokens is 0
        ? "no live token"
        : $"{CountText.Of(usage.LiveTokens, "live token", usage.IsCapped)}{(usage.LiveClients is 0 ? "" : $" of {CountText.Of(usage.LiveClients, "client", usage.IsCapped)}")}";
}
