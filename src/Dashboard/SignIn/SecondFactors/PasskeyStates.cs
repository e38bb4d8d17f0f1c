using Dashboard.Core.OneTime;
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
    internal string Seal(string purpose, string? state) => SealOf(purpose).Write(Lifetime, state ?? "");

    /// <summary>The state, the first time that it is asked for; null where it was altered, is too old or was used.</summary>
    internal async Task<string?> OpenAsync(string purpose, string? text, CancellationToken cancellationToken) =>
        SealOf(purpose).Read(text, LongestState) is { } opened
        && await uses.TryUseAsync("passkey-state", opened.Id, opened.ExpiresAt, cancellationToken)
            ? opened.Content
            : null;

    private TimedSeal SealOf(string purpose) => new(protection.CreateProtector("Signet.PasskeyStates", purpose, "v1"), clock);
}
