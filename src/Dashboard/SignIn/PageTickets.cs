using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.OneTime;
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
    private readonly TimedSeal _api = new(protection.CreateProtector("Signet.PageTickets", "api", "v2"), clock);
    private readonly TimedSeal _download = new(protection.CreateProtector("Signet.PageTickets", "download", "v2"), clock);

    internal string ForApi(string session) => _api.Write(ApiLifetime, session);

    /// <summary>A ticket for one address, with its query.</summary>
    internal string ForDownload(string session, string address) =>
        _download.Write(DownloadLifetime, ContentOf(session, address));

    internal bool IsForApi(string? ticket, string session) => _api.Read(ticket, LongestTicket)?.Content == session;

    /// <summary>True the first time that a ticket for this session and address is shown, on whatever node.</summary>
    internal async Task<bool> TryUseForDownloadAsync(
        string? ticket, string session, string address, CancellationToken cancellationToken) =>
        _download.Read(ticket, LongestTicket) is { } found
        && found.Content == ContentOf(session, address)
        && await uses.TryUseAsync("download-ticket", found.Id, found.ExpiresAt, cancellationToken);

    // A hash: addresses hold whole filters, and a ticket travels in one.
    private static string ContentOf(string session, string address) =>
        session + '\n' + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(address)));
}
