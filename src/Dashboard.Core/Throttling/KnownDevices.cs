namespace Dashboard.Core.Throttling;

/// <summary>
/// What a browser shows of earlier logins: for each operator the random id of the device. A hint for throttling alone: it
/// proves nobody's identity.
/// </summary>
public sealed class KnownDevices(IReadOnlyDictionary<string, string> byOperator)
{
    /// <summary>A browser that nobody has logged in from, or a program.</summary>
    public static readonly KnownDevices None = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>How long a device stays known after its last login.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>The device's id for this operator; null where it is unknown to them.</summary>
    public string? Find(string operatorId) => byOperator.GetValueOrDefault(operatorId);
}
