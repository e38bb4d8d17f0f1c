namespace Dashboard.Core.Clients;

/// <summary>Numbers that hold for every client, however it is registered and wherever they are spoken of.</summary>
public static class ClientLimits
{
    /// <summary>A client has at most so many secrets: one that works and one that takes over, with room for mistakes.</summary>
    public const int MostSecrets = 5;

    /// <summary>A secret that was used within so many days is in use.</summary>
    public const int SecretInUseDays = 7;

    /// <summary>Ten years: longer is "for ever", and said so.</summary>
    public const int LongestLifetimeDays = 3_650;

    /// <summary>The same in seconds.</summary>
    public const int LongestLifetimeSeconds = LongestLifetimeDays * 24 * 60 * 60;

    /// <inheritdoc cref="SecretInUseDays"/>
    public static readonly TimeSpan SecretInUseFor = TimeSpan.FromDays(SecretInUseDays);

    /// <inheritdoc cref="LongestLifetimeDays"/>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(LongestLifetimeDays);
}
