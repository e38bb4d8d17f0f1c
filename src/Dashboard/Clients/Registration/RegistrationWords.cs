using Dashboard.Core.Clients.Registration;

namespace Dashboard.Clients.Registration;

/// <summary>How clients register themselves, in words.</summary>
internal static class RegistrationWords
{
    public static string TitleOf(RegistrationMode mode) => mode switch
    {
        RegistrationMode.Off => "Off",
        RegistrationMode.Token => "With a token",
        RegistrationMode.Approval => "After approval",
        RegistrationMode.Open => "Open",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such mode."),
    };

    public static string MeaningOf(RegistrationMode mode) => mode switch
    {
        RegistrationMode.Off => "Nobody registers. Clients that did keep managing their registration.",
        RegistrationMode.Token => "Whoever has an initial access token from the list below.",
        RegistrationMode.Approval => "Anybody may ask. Without an initial access token the client waits until you approve it.",
        RegistrationMode.Open => "Anybody, at once. Only for scopes that anybody may have.",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such mode."),
    };

    /// <summary>"2 of 10", or "2" where there is no end.</summary>
    public static string UsesOf(InitialAccessToken token) => token.Uses is { } uses ? $"{token.Used} of {uses}" : $"{token.Used}, any number";
}
