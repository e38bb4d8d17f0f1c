using System.Globalization;
using System.Security.Cryptography;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.SignIn;

/// <summary>
/// Seals text for a while, each time under another id. The framework's own time-limited protector asks the static clock.
/// </summary>
internal sealed class TimedSeal(IDataProtector protector, TimeProvider clock)
{
    public string Write(TimeSpan lifetime, string content) => protector.Protect(string.Join(
        '\n',
        (clock.GetUtcNow() + lifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        Identifiers.NewId(),
        content));

    /// <summary>What was sealed; null where it was altered, is for another purpose or of a key that is gone, or is too old.</summary>
    /// <param name="text">As it was shown.</param>
    /// <param name="longest">Longer ones are not looked at.</param>
    public Opened? Read(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text) || text.Length > longest)
        {
            return null;
        }

        try
        {
            return protector.Unprotect(text).Split('\n', 3) is [var expiry, var id, var content]
                && DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(expiry, CultureInfo.InvariantCulture)) is var expiresAt
                && clock.GetUtcNow() < expiresAt
                    ? new Opened(id, expiresAt, content)
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Text that was sealed.</summary>
    /// <param name="Id">Of this seal alone.</param>
    /// <param name="ExpiresAt">From when on it is not opened any more.</param>
    /// <param name="Content">The text.</param>
    internal sealed record Opened(string Id, DateTimeOffset ExpiresAt, string Content);
}
