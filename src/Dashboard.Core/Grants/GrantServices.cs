using Dashboard.Core.Events;
using Dashboard.Core.Grants.Codes;
using Dashboard.Core.Grants.Codes.Redis;
using Dashboard.Core.Grants.Codes.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Grants;

internal static class GrantServices
{
    public static IServiceCollection AddGrants(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<GrantOptions, GrantOptionsValidator>().BindConfiguration(GrantOptions.Section);
        return services.AddCodes().AddGrantTypes().AddAnswers();
    }

    private static IServiceCollection AddCodes(this IServiceCollection services) => services
        .AddStore<IAuthorizationCodeStore, SqliteAuthorizationCodeStore, RedisAuthorizationCodeStore>()
        .AddTable<RedisAuthorizationCodeTable>("authorization_codes", "hash")
        .AddSingleton(new CarriedOver("authorization_codes", ["hash"], (row, since) => since.Covers(row, "used_at")))
        .AddSingleton(provider => new AuthorizationCodes(
            provider.GetRequiredService<IAuthorizationCodeStore>(),
            provider.GetRequiredService<IOptions<GrantOptions>>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new PurgeStep("authorization codes", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IAuthorizationCodeStore>().PurgeAsync(
                now - AuthorizationCodes.Kept, limit, term, cancellationToken)));

    private static IServiceCollection AddGrantTypes(this IServiceCollection services) => services
        .AddSingleton(provider => new GrantRules(
            provider.GetRequiredService<IOptions<ProtectedResourceOptions>>(),
            provider.GetRequiredService<IOptions<SignetOptions>>()))
        .AddSingleton<GrantStanding>()
        .AddSingleton<GrantIssuer>()
        .AddSingleton<ClientCredentialsGrant>()
        .AddSingleton<CodeGrant>()
        .AddSingleton<RefreshGrant>()
        .AddSingleton(provider => new TokenGrants(
            provider.GetRequiredService<ClientCredentialsGrant>(),
            provider.GetRequiredService<CodeGrant>(),
            provider.GetRequiredService<RefreshGrant>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddAnswers(this IServiceCollection services) => services
        .AddSingleton<GenuineTokens>()
        .AddSingleton<RefreshIntrospection>()
        .AddSingleton(provider => new TokenRevocationByClient(
            provider.GetRequiredService<GenuineTokens>(),
            provider.GetRequiredService<RefreshTokens>(),
            provider.GetRequiredService<GrantStanding>(),
            provider.GetRequiredService<TokenRevocations>()))
        .AddSingleton(provider => new Introspection(
            provider.GetRequiredService<TokenValidator>(),
            provider.GetRequiredService<RefreshIntrospection>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IOptions<SignetOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
}
