using Dashboard.Core.Clients;
using Dashboard.Core.Tokens;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Posture.Checks;

/// <summary>Access tokens that outlive a day.</summary>
internal sealed class LongAccessTokenCheck(IOptions<TokenOptions> tokens) : IPostureCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public PostureRule Rule { get; } = new(
        "TOKEN_LIFETIME_LONG",
        PostureSeverity.Medium,
        "Access tokens live for a day at most.",
        "Access tokens live for longer than a day.",
        "A token that was stolen is good until it expires, wherever it is validated offline.",
        "Shorten the lifetime, and let clients refresh or ask again.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken)
    {
        IEnumerable<PostureObject> deployment = tokens.Value.AccessTokenLifetime > Longest
            ? [LifetimeText.OfSetting(nameof(TokenOptions.AccessTokenLifetime), tokens.Value.AccessTokenLifetime)]
            : [];
        var clients = scan.Clients
            .Where(client => client.State is not ClientState.Disabled && client.AccessTokenLifetime > Longest)
            .Select(client => LifetimeText.OfClient(client, client.AccessTokenLifetime!.Value));
        return Task.FromResult(new PostureOffences([.. deployment, .. clients], IsCapped: scan.HasMoreClients));
    }
}

/// <summary>Refresh tokens that outlive a quarter.</summary>
internal sealed class LongRefreshTokenCheck(IOptions<TokenOptions> tokens) : IPostureCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public PostureRule Rule { get; } = new(
        "REFRESH_LIFETIME_LONG",
        PostureSeverity.Low,
        "Refresh tokens live for 90 days at most.",
        "Refresh tokens live for longer than 90 days.",
        "So long does what a person once allowed go on without their being asked again.",
        "Shorten the lifetime of the deployment or of the client.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken)
    {
        var usual = tokens.Value.RefreshTokenLifetime;
        List<Client> renewing =
            [.. scan.Clients.Where(client => client.State is not ClientState.Disabled && client.Allows(GrantTypes.RefreshToken))];

        // The setting matters only where somebody goes by it.
        IEnumerable<PostureObject> deployment = usual > Longest && renewing.Exists(client => client.RefreshTokenLifetime is null)
            ? [LifetimeText.OfSetting(nameof(TokenOptions.RefreshTokenLifetime), usual)]
            : [];
        var clients = renewing.Where(client => client.RefreshTokenLifetime > Longest)
            .Select(client => LifetimeText.OfClient(client, client.RefreshTokenLifetime!.Value));
        return Task.FromResult(new PostureOffences([.. deployment, .. clients], IsCapped: scan.HasMoreClients));
    }
}

/// <summary>Names what has a lifetime.</summary>
internal static class LifetimeText
{
    public static PostureObject OfSetting(string member, TimeSpan lifetime) =>
        new(PostureObjectKind.Setting, $"{TokenOptions.Section}:{member}", $"{TokenOptions.Section}:{member}", Words(lifetime));

    public static PostureObject OfClient(Client client, TimeSpan lifetime) =>
        new(PostureObjectKind.Client, client.Id, client.Name, Words(lifetime));

    private static string Words(TimeSpan lifetime) => lifetime.TotalDays >= 2
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{lifetime.TotalDays:0.#} days")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{lifetime.TotalHours:0.#} hours");
}
