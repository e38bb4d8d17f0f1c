using System.Globalization;

namespace Dashboard.Core.Clients.Registration;

/// <summary>What a client is told of its registration that is over.</summary>
internal static class RegistrationEndings
{
    public static string Said(ClientEnding ended) => $"The registration {Word(ended.Reason)} on {Date(ended.At)}.";

    public static string SaidOfExpiry(DateTimeOffset expiresAt) => $"The registration expired on {Date(expiresAt)}.";

    private static string Word(ClientEndReason reason) => reason switch
    {
        ClientEndReason.Deleted => "was deleted",
        ClientEndReason.Expired => "expired",
        ClientEndReason.Unused => "ended, never used,",
        ClientEndReason.Rejected => "was not approved",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No word for this reason."),
    };

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
