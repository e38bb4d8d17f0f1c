using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Core.OneTime;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.SignIn.SecondFactors;

/// <summary>
/// Remembers, sealed in a cookie of its own, that a browser has shown the right password and still owes the second factor.
/// It is no session: it reaches the page that asks for the factor, for five minutes and five wrong answers.
/// </summary>
public sealed class PendingLogins(
    IDataProtectionProvider protection, OperatorDirectory operators, OneTimeUses uses, TimeProvider clock)
{
    public const string CookieName = "__Host-signet-login";

    private const int MostAnswers = 5;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = protection.CreateProtector("Signet.PendingLogins", "v1");

    /// <summary>The password was right.</summary>
    internal void Begin(HttpContext context, OperatorAccount found, string fingerprint, string browserKey)
    {
        var pending = new PendingLogin(
            Identifiers.NewId(), found.Id, found.SecurityStamp, fingerprint, browserKey, clock.GetUtcNow() + Lifetime);
        context.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(pending)), Settings());
    }

    /// <summary>Who owes a second factor here; null where nobody does, or it is too late.</summary>
    internal (PendingLogin Login, OperatorAccount Operator)? Find(HttpContext context) =>
        Read(context.Request.Cookies[CookieName]) is { } pending
        && clock.GetUtcNow() < pending.ExpiresAt
        && operators.Find(pending.OperatorId) is { IsEnabled: true } found
        && found.SecurityStamp == pending.Stamp
            ? (pending, found)
            : null;

    /// <summary>Counts an answer before it is checked; false where there were enough, and the password is due again.</summary>
    internal async Task<bool> TryAnswerAsync(PendingLogin pending, CancellationToken cancellationToken)
    {
        // Once each, on whatever node: copying the cookie gives no more answers.
        for (var answer = 1; answer <= MostAnswers; answer++)
        {
            if (await uses.TryUseAsync("login-answer", $"{pending.Id}:{answer}", pending.ExpiresAt, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>It is over, whatever became of it.</summary>
    internal static void End(HttpContext context) => context.Response.Cookies.Delete(CookieName, Settings());

    private static CookieOptions Settings() => new()
    {
        Path = "/",
        HttpOnly = true,
        Secure = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
    };

    private PendingLogin? Read(string? cookie)
    {
        try
        {
            return cookie is { Length: > 0 and < 4_000 }
                ? JsonSerializer.Deserialize<PendingLogin>(_protector.Unprotect(cookie))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>A login whose password was right.</summary>
internal sealed record PendingLogin(
    string Id, string OperatorId, string Stamp, string Fingerprint, string BrowserKey, DateTimeOffset ExpiresAt);
