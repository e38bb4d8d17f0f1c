using System.Globalization;
using System.Security.Cryptography;
using Dashboard.Core.Throttling;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.Hosting;

/// <summary>
/// Tells a browser that somebody has logged in from before, so that strangers who guess at the account cannot lock that
/// person out. A hint for throttling and nothing else: whoever steals it may guess a little, and is nobody.
/// </summary>
public sealed class DeviceCookie(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Name = "__Host-signet-device";

    /// <summary>How many operators a browser is remembered for; the latest to log in stay.</summary>
    internal const int MostEntries = 5;

    // A longer one is not ours, and not worth decrypting.
    private const int Longest = 2_048;

    // Part of what is protected: another purpose makes every device unknown.
    private readonly IDataProtector _protector = protection.CreateProtector("Dashboard.DeviceCookie.v1");

    /// <summary>Which operators know this browser. None where the cookie is absent, altered or too old.</summary>
    public KnownDevices Read(HttpContext context) => new(
        Entries(context).ToDictionary(entry => entry.OperatorId, entry => entry.Device, StringComparer.Ordinal));

    /// <summary>Remembers this browser for an operator who has just logged in.</summary>
    public void Remember(HttpContext context, string operatorId)
    {
        var known = Entries(context);
        var device = known.Find(entry => entry.OperatorId == operatorId)?.Device
            ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var entries = known.Where(entry => entry.OperatorId != operatorId)
            .OrderByDescending(entry => entry.IssuedAt)
            .Take(MostEntries - 1)
            .Prepend(new Entry(operatorId, device, clock.GetUtcNow().ToUnixTimeSeconds()));
        context.Response.Cookies.Append(
            Name,
            _protector.Protect(string.Join('\n', entries.Select(entry => entry.ToString()))),
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = KnownDevices.Lifetime,
                Path = "/",
                SameSite = SameSiteMode.Lax,
                Secure = true,
            });
    }

    private List<Entry> Entries(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 and <= Longest } cookie)
        {
            return [];
        }

        try
        {
            var now = clock.GetUtcNow().ToUnixTimeSeconds();
            return
            [
                .. _protector.Unprotect(cookie).Split('\n')
                    .Select(Entry.Parse)
                    .Where(entry => now - entry.IssuedAt < KnownDevices.Lifetime.TotalSeconds),
            ];
        }
        catch (CryptographicException)
        {
            // Altered, or protected with a key that is gone: an unknown device.
            return [];
        }
    }

    private sealed record Entry(string OperatorId, string Device, long IssuedAt)
    {
        public static Entry Parse(string text)
        {
            var parts = text.Split(' ');
            return new Entry(parts[0], parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture));
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{OperatorId} {Device} {IssuedAt}");
    }
}
