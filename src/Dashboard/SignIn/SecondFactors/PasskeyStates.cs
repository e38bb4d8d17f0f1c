using System.Globalization;
using System.Security.Cryptography;
using Dashboard.Core.OneTime;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.SignIn.SecondFactors;

/// <summary>
/// Keeps the challenge of a passkey with the browser, sealed, between the question and the answer: each for five minutes and
/// for one answer, on whatever node.
/// </summary>
public sealed class PasskeyStates(IDataProtectionProvider protection, OneTimeUses uses, TimeProvider clock)
{
    private const int LongestState = 4_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Seals a state for one purpose.</summary>
    internal string Seal(string purpose, string? state) => ProtectorOf(purpose).Protect(string.Join(
        '\n', (clock.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), Identifiers.NewId(), state));

    /// <summary>The state, the first time that it is asked for; null where it was altered, is too old or was used.</summary>
    internal async Task<string?> OpenAsync(string purpose, string? text, CancellationToken cancellationToken)
    {
        if (text is not { Length: > 0 and <= LongestState })
        {
            return null;
        }

        try
        {
            var parts = ProtectorOf(purpose).Unprotect(text).Split('\n', 3);
            var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
            return clock.GetUtcNow() < expiresAt
                && await uses.TryUseAsync("passkey-state", parts[1], expiresAt, cancellationToken)
                    ? parts[2]
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(string purpose) => protection.CreateProtector("Signet.PasskeyStates", purpose, "v1");
}
