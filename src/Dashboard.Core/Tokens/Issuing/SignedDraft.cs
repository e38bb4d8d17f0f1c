namespace Dashboard.Core.Tokens.Issuing;

/// <summary>A draft that was written and signed.</summary>
/// <param name="KeyId">The key that signed it, as the ledger names it.</param>
/// <param name="Claims">The payload's bytes.</param>
/// <param name="Token">The compact serialization.</param>
internal sealed record SignedDraft(string KeyId, byte[] Claims, string Token)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => KeyId;
}

/// <summary>How long a token may live at most, and the setting that says so.</summary>
internal sealed record LifetimeLimit(TimeSpan Most, string Setting)
{
    public static LifetimeLimit Of(TokenOptions options) =>
        new(options.MaximumLifetime, $"{TokenOptions.Section}:{nameof(TokenOptions.MaximumLifetime)}");
}
