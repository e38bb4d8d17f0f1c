using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.OAuth;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Dashboard.Tests.Unit.Clients.Authentication;

/// <summary>Who is a client, and what those are told who are not.</summary>
public sealed class ClientAuthenticationTests : IAsyncLifetime
{
    private const string Other = "sgt_cs_another-secret-that-is-as-long-as-the-first-";

    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(ClientAuthMethod.ClientSecretBasic)]
    [InlineData(ClientAuthMethod.ClientSecretPost)]
    public async Task Secret_proves_a_client_in_the_header_and_in_the_body(ClientAuthMethod method)
    {
        await _host.Services.AddAsync(OAuthClients.Confidential() with { AuthMethod = method });

        var outcome = await AskAsync(OAuthClients.Secret);

        Assert.Equal("client_one", Assert.IsType<ClientAuthOutcome.Accepted>(outcome).Client.Id);
    }

    [Fact]
    public async Task Each_of_several_secrets_works_until_it_expires()
    {
        var now = _host.Clock.GetUtcNow();
        await _host.Services.AddAsync(OAuthClients.Confidential() with
        {
            Secrets = [OAuthClients.SecretOf(OAuthClients.Secret, now.AddHours(1)), OAuthClients.SecretOf(Other, id: "secret_two")],
        });
        Assert.IsType<ClientAuthOutcome.Accepted>(await AskAsync(OAuthClients.Secret));
        Assert.IsType<ClientAuthOutcome.Accepted>(await AskAsync(Other));

        _host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(ClientAuthentication.AnyRefusal, await RefusalAsync(OAuthClients.Secret));
        Assert.IsType<ClientAuthOutcome.Accepted>(await AskAsync(Other));
    }

    [Fact]
    public async Task Public_client_is_known_by_its_id_and_by_nothing_else()
    {
        await _host.Services.AddAsync(OAuthClients.Public());

        Assert.IsType<ClientAuthOutcome.Accepted>(await AskAsync(new ClientCredential.None("client_public")));
        Assert.Equal(
            ClientAuthentication.AnyRefusal,
            await RefusalAsync(new ClientCredential.Secret("client_public", "")));
    }

    [Fact]
    public async Task Confidential_client_is_never_known_by_its_id_alone()
    {
        await _host.Services.AddAsync(OAuthClients.Confidential());

        Assert.Equal(ClientAuthentication.AnyRefusal, await RefusalAsync(new ClientCredential.None("client_one")));
    }

    [Fact]
    public async Task Unknown_client_wrong_secret_and_disabled_client_are_told_the_same()
    {
        await _host.Services.AddAsync(OAuthClients.Confidential());
        await _host.Services.AddAsync(OAuthClients.Confidential("client_disabled") with { State = ClientState.Disabled });

        Assert.Equal(ClientAuthentication.AnyRefusal, await RefusalAsync(Of("client_unknown", OAuthClients.Secret)));
        Assert.Equal(ClientAuthentication.AnyRefusal, await RefusalAsync(Of("client_one", Other)));
        Assert.Equal(ClientAuthentication.AnyRefusal, await RefusalAsync(Of("client_disabled", OAuthClients.Secret)));
        Assert.Equal(ClientAuthentication.AnyRefusal, await RefusalAsync(Of("client\none", OAuthClients.Secret)));
        Assert.Equal(ClientAuthentication.AnyRefusal, await RefusalAsync(Of(new string('c', 300), OAuthClients.Secret)));
    }

    [Fact]
    public async Task Unknown_client_wrong_secret_and_disabled_client_take_the_same_time()
    {
        await _host.Services.AddAsync(OAuthClients.Confidential());
        await _host.Services.AddAsync(OAuthClients.Confidential("client_disabled") with { State = ClientState.Disabled });
        ClientCredential[] kinds =
            [Of("client_unknown", OAuthClients.Secret), Of("client_one", Other), Of("client_disabled", OAuthClients.Secret)];
        var times = kinds.Select(_ => new List<TimeSpan>()).ToArray();

        for (var sample = 0; sample < 250; sample++)
        {
            for (var kind = 0; kind < kinds.Length; kind++)
            {
                var start = Stopwatch.GetTimestamp();
                await AskAsync(kinds[kind]);
                times[kind].Add(Stopwatch.GetElapsedTime(start));
            }
        }

        // Without those that paid for compiling.
        var medians = times.Select(list => list.Skip(50).Order().ElementAt(100)).ToList();
        Assert.InRange(medians.Max() - medians.Min(), TimeSpan.Zero, TimeSpan.FromMicroseconds(100));
    }

    [Theory]
    [InlineData(ClientEndReason.Deleted, "This client was deleted on 2030-01-01T11:00:00Z.")]
    [InlineData(ClientEndReason.Expired, "The registration of this client expired, and it was removed on 2030-01-01T11:00:00Z.")]
    [InlineData(ClientEndReason.Unused, "This client was removed on 2030-01-01T11:00:00Z because it was never used.")]
    [InlineData(ClientEndReason.Rejected, "The registration of this client was rejected on 2030-01-01T11:00:00Z.")]
    public async Task Client_that_is_gone_is_told_so(ClientEndReason reason, string said)
    {
        await _host.Services.AddAsync(OAuthClients.Confidential() with
        {
            Secrets = [],
            RedirectUris = [],
            Ended = new ClientEnding(reason, _host.Clock.GetUtcNow().AddHours(-1), "anna"),
        });

        Assert.Equal(said, await RefusalAsync(OAuthClients.Secret));
    }

    [Fact]
    public async Task Client_that_expired_or_waits_is_told_so_once_it_proved_itself()
    {
        await _host.Services.AddAsync(OAuthClients.Confidential("client_waits") with { State = ClientState.Pending });
        await _host.Services.AddAsync(
            OAuthClients.Confidential("client_expired") with { ExpiresAt = _host.Clock.GetUtcNow().AddHours(-1) });

        Assert.Equal(
            "The registration of this client waits for the approval of an administrator.",
            await RefusalAsync(Of("client_waits", OAuthClients.Secret)));
        Assert.Equal(
            "The registration of this client expired on 2030-01-01T11:00:00Z.",
            await RefusalAsync(Of("client_expired", OAuthClients.Secret)));
        Assert.Equal(ClientAuthentication.AnyRefusal, await RefusalAsync(Of("client_waits", Other)));
        Assert.Equal(ClientAuthentication.AnyRefusal, await RefusalAsync(Of("client_expired", Other)));
    }

    [Fact]
    public async Task Refusal_is_recorded_with_its_reason_and_without_the_secret()
    {
        await _host.StartHostedAsync();
        await _host.Services.AddAsync(OAuthClients.Confidential());

        await AskAsync(Of("client_one", Other));

        await _host.StopHostedAsync();
        var item = Assert.Single(await _host.Get<EventLog>().ReadNewestAsync(EventKinds.ClientRefused, 10, Stop));
        Assert.Equal(
            (EventOutcome.Refused, "invalid_client", "client_one", "The secret is wrong."),
            (item.Outcome, item.Code, item.Client, item.Detail));
        Assert.DoesNotContain(Other, item.ToString(), StringComparison.Ordinal);
    }

    private static ClientCredential.Secret Of(string id, string secret) => new(id, secret);

    private Task<ClientAuthOutcome> AskAsync(string secret) => AskAsync(Of("client_one", secret));

    private Task<ClientAuthOutcome> AskAsync(ClientCredential credential) =>
        _host.Get<ClientAuthentication>().AuthenticateAsync(credential, RequestOrigin.None, Stop);

    private Task<string> RefusalAsync(string secret) => RefusalAsync(Of("client_one", secret));

    private async Task<string> RefusalAsync(ClientCredential credential) =>
        Assert.IsType<ClientAuthOutcome.Refused>(await AskAsync(credential)).Description;
}
