using System.Security.Cryptography;
using Dashboard.Core.Keys.Protection;

namespace Dashboard.Core.Webhooks;

/// <summary>
/// Signing secrets of webhooks, in the form of Standard Webhooks: <c>whsec_</c> and the key in base64. They must be usable, so
/// they are sealed, not hashed: by a system secret, which the master key seals and a change of that key seals anew.
/// </summary>
internal sealed class WebhookSecrets(SystemSecrets secrets)
{
    /// <summary>Begins every one, for people and for scanners that look for secrets.</summary>
    public const string Prefix = "whsec_";

    private const int KeyLength = 32;

    private MasterKey Key => new(secrets.WebhookKey);

    /// <summary>A new secret for a webhook: what its receiver is shown this once, and what is kept.</summary>
    public (string Shown, WebhookSecret Kept) Make(string webhookId, DateTimeOffset now)
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        return (Prefix + Convert.ToBase64String(key), new WebhookSecret(Key.Seal(key, PurposeOf(webhookId)), now, null));
    }

    /// <summary>The key to sign with.</summary>
    public byte[] Open(string webhookId, WebhookSecret secret) => Key.Open(secret.SealedKey, PurposeOf(webhookId));

    private static string PurposeOf(string webhookId) => $"webhook:{webhookId}";
}
