using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>What clients are told where the store is away, or we have a bug.</summary>
public sealed class StoreCallTests(SharedSignet<StoreCallTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<StoreCallTests>>, ISharesSignet
{
    public static string[] Settings => ["--Throttling:Budgets:Tokens=1", "--Throttling:Budgets:Introspection=1"];

    static void ISharesSignet.Configure(IServiceCollection services) => services.AddSingleton<IRefreshTokenStore, NoRefreshTokens>();

    [Fact]
    public async Task Each_endpoint_says_it_in_the_words_of_the_family_and_it_costs_the_client_nothing()
    {
        var token = RefreshTokens.Prefix + new string('x', 43);
        var store = (NoRefreshTokens)Signet.Services.GetRequiredService<IRefreshTokenStore>();
        foreach (var (fault, status, error) in new (Exception, int, string)[]
        {
            (new StoreUnavailableException("secret path /data/signet.db"), 503, "temporarily_unavailable"),
            (new InvalidOperationException("secret"), 500, "server_error"),
        })
        {
            store.Fault = fault;
            HttpRequestMessage[] requests =
            [
                TokenForm(("grant_type", "refresh_token"), ("refresh_token", token)),
                OAuthClients.Form("/oauth/introspect", ("token", token)),
                OAuthClients.Form("/oauth/revoke", ("token", token)),
            ];
            foreach (var request in requests)
            {
                using var answer = await SendAsync(request.As("client_one"));
                var json = await TestHost.JsonOf(answer);

                Assert.Equal((status, error), ((int)answer.StatusCode, json.GetProperty("error").GetString()));
                Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
                Assert.True(answer.Headers.CacheControl?.NoStore);
                Assert.Equal(Assert.Single(answer.Headers.GetValues("X-Request-ID")), json.GetProperty("request_id").GetString());
                var description = json.GetProperty("error_description").GetString();
                Assert.DoesNotContain("secret", description, StringComparison.Ordinal);
                if (status is 503)
                {
                    Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));

                    // It cannot know: what is good once may be used up by now.
                    Assert.Contains("may or may not have been carried out", description, StringComparison.Ordinal);
                }
            }
        }
    }

    /// <summary>A store of refresh tokens that does nothing but fail.</summary>
    private sealed class NoRefreshTokens : IRefreshTokenStore
    {
        public Exception Fault { get; set; } = new StoreUnavailableException("not yet");

        public Task<StoredRefreshToken?> FindAsync(byte[] hash, CancellationToken cancellationToken) => throw Fault;

        public Task<bool> StartAsync(
            StoredRefreshToken first, IReadOnlyList<Core.Tokens.Ledger.LedgerEntry> rows, CancellationToken cancellationToken) => throw Fault;

        public Task<RefreshUse> UseAsync(RefreshRotation rotation, CancellationToken cancellationToken) => throw Fault;

        public Task<DateTimeOffset> RevokeFamilyAsync(
            string family, DateTimeOffset at, DateTimeOffset expiresAt, CancellationToken cancellationToken) => throw Fault;

        public Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken) =>
            Task.FromResult(0);
    }
}
