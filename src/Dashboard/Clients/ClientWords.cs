using Dashboard.Controls;
using Dashboard.Core.Clients;

namespace Dashboard.Clients;

/// <summary>What clients are in words, the same on every page.</summary>
internal static class ClientWords
{
    public static string TitleOf(ClientStanding standing) => standing switch
    {
        ClientStanding.Good => "Active",
        ClientStanding.Pending => "Pending",
        ClientStanding.Disabled => "Disabled",
        ClientStanding.Expired => "Expired",
        _ => "Ended",
    };

    public static StatusKind KindOf(ClientStanding standing) => standing switch
    {
        ClientStanding.Good => StatusKind.Live,
        ClientStanding.Pending => StatusKind.Warning,
        ClientStanding.Disabled or ClientStanding.Expired => StatusKind.Refused,
        _ => StatusKind.Ended,
    };

    public static string TitleOf(ClientOrigin origin) => origin switch
    {
        ClientOrigin.Operator => "By an operator",
        ClientOrigin.SelfRegistered => "Self-registered",
        _ => "Configuration",
    };

    public static string TitleOfType(bool isPublic) => isPublic ? "Public" : "Confidential";

    /// <summary>Who is behind it: "alice", "self-registered with nightly builds".</summary>
    public static string OwnerOf(Client client) => client.Origin switch
    {
        ClientOrigin.SelfRegistered => $"{client.CreatedBy} (self-registered)",
        ClientOrigin.Configuration => "the configuration",
        _ => client.CreatedBy,
    };

    public static string TitleOf(ClientAuthMethod method) => method switch
    {
        ClientAuthMethod.None => "None: a public client, proved by PKCE alone",
        ClientAuthMethod.ClientSecretBasic => "Secret in the Authorization header",
        ClientAuthMethod.ClientSecretPost => "Secret in the form",
        ClientAuthMethod.PrivateKeyJwt => "Signed assertion with its own key",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No such method."),
    };

    public static string TitleOfGrant(string grantType) => grantType switch
    {
        GrantTypes.AuthorizationCode => "Authorization code",
        GrantTypes.ClientCredentials => "Client credentials",
        GrantTypes.RefreshToken => "Refresh token",
        _ => grantType,
    };

    public static string MeaningOfGrant(string grantType) => grantType switch
    {
        GrantTypes.AuthorizationCode => "People sign in and consent; the code comes back to a redirect URI.",
        GrantTypes.ClientCredentials => "The client asks for itself, without anybody.",
        GrantTypes.RefreshToken => "New access tokens without asking people again.",
        _ => "",
    };

    /// <summary>How it ended, for people; follows "It".</summary>
    public static string StoryOf(ClientEnding ending) => ending.Reason switch
    {
        ClientEndReason.Deleted => "was deleted",
        ClientEndReason.Expired => "was removed after its registration had expired",
        ClientEndReason.Unused => "registered itself, never asked for anything, and was removed",
        ClientEndReason.Rejected => "was not approved",
        _ => "ended",
    };
}
