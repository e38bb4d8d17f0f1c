using Dashboard.Core.Operators.SecondFactors;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.SignIn.SecondFactors;

/// <summary>A passkey as the framework and as the core know it.</summary>
internal static class PasskeyInfo
{
    public static UserPasskeyInfo Of(Passkey passkey) => new(
        passkey.CredentialId,
        passkey.PublicKey,
        passkey.CreatedAt,
        passkey.SignCount,
        [.. passkey.Transports],
        passkey.IsUserVerified,
        passkey.IsBackupEligible,
        passkey.IsBackedUp,
        passkey.AttestationObject,
        passkey.ClientDataJson)
    {
        Name = passkey.Name,
    };

    public static Passkey ToPasskey(UserPasskeyInfo info, string name) => new()
    {
        CredentialId = info.CredentialId,
        PublicKey = info.PublicKey,
        Name = name,
        CreatedAt = info.CreatedAt,
        SignCount = info.SignCount,
        Transports = info.Transports ?? [],
        IsUserVerified = info.IsUserVerified,
        IsBackupEligible = info.IsBackupEligible,
        IsBackedUp = info.IsBackedUp,
        AttestationObject = info.AttestationObject,
        ClientDataJson = info.ClientDataJson,
    };
}
