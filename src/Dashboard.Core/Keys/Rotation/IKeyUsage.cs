namespace Dashboard.Core.Keys.Rotation;

/// <summary>What a key has signed; answered by the ledger.</summary>
public interface IKeyUsage
{
    /// <summary>Reads the usage of one key at one time.</summary>
    Task<KeyUsage> ReadUsageAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>What a key has signed.</summary>
/// <param name="LiveTokens">Tokens neither expired nor revoked; a lower bound where <paramref name="IsCapped"/>.</param>
/// <param name="LiveClients">Distinct clients among them, as far as they were counted.</param>
/// <param name="IsCapped">True where counting stopped early.</param>
/// <param name="LastExpiryAt">When the last token it signed expires; null where it signed none.</param>
/// <param name="LastSignedAt">When it last signed; null where it never did.</param>
public sealed record KeyUsage(
    long LiveTokens, long LiveClients, bool IsCapped, DateTimeOffset? LastExpiryAt, DateTimeOffset? LastSignedAt)
{
    /// <summary>That of a key that never signed.</summary>
    public static readonly KeyUsage None = new(0, 0, false, null, null);
}
