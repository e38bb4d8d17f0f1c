namespace Dashboard.Core.Telemetry;

/// <summary>The names of what is measured and traced. Stable: people build dashboards and alerts on them.</summary>
public static class TelemetryNames
{
    /// <summary>Of the meter and of the activity source.</summary>
    public const string Signet = "Signet";

    /// <summary>The stable code of a refusal, as the semantic conventions call it.</summary>
    public const string ErrorType = "error.type";

    public const string TokenKind = "signet.token.kind";
    public const string RevocationScope = "signet.revocation.scope";
    public const string LoginOutcome = "signet.login.outcome";

    /// <summary>Which store, as the semantic conventions call it: <c>sqlite</c> or <c>redis</c>.</summary>
    public const string Store = "db.system.name";

    /// <summary><c>read</c> or <c>write</c>.</summary>
    public const string StoreOperation = "signet.store.operation";

    internal const string Issue = "signet.token.issue";
    internal const string Validate = "signet.token.validate";
    internal const string Revoke = "signet.token.revoke";
    internal const string StoreWrite = "signet.store.write";

    /// <summary>The <see cref="ErrorType"/> of a bug, whose own words may hold what people sent.</summary>
    internal const string Fault = "_OTHER";
}
