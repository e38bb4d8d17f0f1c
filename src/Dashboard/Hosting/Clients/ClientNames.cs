using Dashboard.Core.Clients;

namespace Dashboard.Hosting.Clients;

/// <summary>The stable names of what clients are, in addresses and JSON.</summary>
internal static class ClientNames
{
    /// <summary>The names of standings in addresses and JSON.</summary>
    public static readonly IReadOnlyDictionary<string, ClientStanding> StandingNames =
        Enum.GetValues<ClientStanding>().ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>The names of origins in addresses and JSON.</summary>
    public static readonly IReadOnlyDictionary<string, ClientOrigin> OriginNames =
        Enum.GetValues<ClientOrigin>().ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>The names of the two types of RFC 6749 section 2.1, and whether they are public.</summary>
    public static readonly IReadOnlyDictionary<string, bool> TypeNames =
        new[] { true, false }.ToDictionary(NameOfType, StringComparer.Ordinal);

    public static string NameOf(ClientStanding standing) => standing switch
    {
        ClientStanding.Good => "active",
        ClientStanding.Pending => "pending",
        ClientStanding.Disabled => "disabled",
        ClientStanding.Expired => "expired",
        ClientStanding.Gone => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "No such standing."),
    };

    public static string NameOf(ClientOrigin origin) => origin switch
    {
        ClientOrigin.Operator => "operator",
        ClientOrigin.SelfRegistered => "self_registered",
        ClientOrigin.Configuration => "configuration",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "No such origin."),
    };

    public static string NameOf(ClientEndReason reason) => reason switch
    {
        ClientEndReason.Deleted => "deleted",
        ClientEndReason.Expired => "expired",
        ClientEndReason.Unused => "unused",
        ClientEndReason.Rejected => "rejected",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    public static string NameOfType(bool isPublic) => isPublic ? "public" : "confidential";
}
