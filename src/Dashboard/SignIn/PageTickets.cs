using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.OneTime;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.SignIn;

/// <summary>
/// Tickets that only circuits give out (<see cref="CircuitTickets"/>), so that whoever shows one is the browser that logged
/// in. Each is good for one session and one use: calls of the API for two minutes, or one download within a minute.
/// </summary>
public sealed class PageTickets(IDataProtectionProvider protection, OneTimeUses uses, TimeProvider clock)
{
    internal static readonly TimeSpan ApiLifetime = TimeSpan.FromMinutes(2);
    internal static readonly TimeSpan DownloadLifetime = TimeSpan.FromSeconds(60);
    private const int LongestTicket = 1_000;

    // A purpose of its own for each: neither ticket is ever taken for the other.
    private readonly IDataProtector _api = protection.CreateProtector("Signet.PageTickets", "api", "v1");
    private readonly IDataProtector _download = protection.CreateProtector("Signet.PageTickets", "download", "v1");

    internal string ForApi(string session) => Write(_api, session, ApiLifetime, "");

    /// <summary>A ticket for one address, with its query.</summary>
    internal string ForDownload(string session, string address) =>
        Write(_download, session, DownloadLifetime, HashOf(address));

    internal bool IsForApi(string? ticket, string session) => Read(_api, ticket, session) is not null;

    /// <summary>True the first time that a ticket for this session and address is shown, on whatever node.</summary>
    internal async Task<bool> TryUseForDownloadAsync(
        string? ticket, string session, string address, CancellationToken cancellationToken) =>
        Read(_download, ticket, session) is { } found
        && found.Address == HashOf(address)
        && await uses.TryUseAsync("download-ticket", found.Id, found.ExpiresAt, cancellationToken);

    private string Write(IDataProtector protector, string session, TimeSpan lifetime, string address)
    {
        // The framework's time-limited protector asks the static clock; ours is in the payload.
        var expiresAt = (clock.GetUtcNow() + lifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return protector.Protect(string.Join('\n', session, expiresAt, Identifiers.NewId(), address));
    }

    private Ticket? Read(IDataProtector protector, string? ticket, string session)
    {
        if (ticket is not { Length: > 0 and <= LongestTicket })
        {
            return null;
        }

        try
        {
            return protector.Unprotect(ticket).Split('\n') is [var owner, var expiry, var id, var address]
                && owner == session
                && DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(expiry, CultureInfo.InvariantCulture)) is var expiresAt
                && clock.GetUtcNow() < expiresAt
                    ? new Ticket(id, expiresAt, address)
                    : null;
        }
        catch (CryptographicException)
        {
            // Altered, of the other kind, or of a key that is gone.
            return null;
        }
    }

    // A hash: addresses hold whole filters, and a ticket travels in one.
    private static string HashOf(string address) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(address)));

    private sealed record Ticket(string Id, DateTimeOffset ExpiresAt, string Address);
}
