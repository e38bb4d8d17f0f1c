using System.Text;
using System.Text.Json.Nodes;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Gateway;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Tests.Unit.Infrastructure;
using static Dashboard.Tests.Unit.Gateway.GatewayBackupTests;

namespace Dashboard.Tests.Unit.Gateway;

/// <summary>What comes along from a gateway that runs, into either store.</summary>
public sealed class GatewayImportTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private AGateway _gateway = null!;
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _gateway = await AGateway.StartAsync();
        _host = await CoreHost.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Clients_come_along_with_what_they_could_do_and_of_their_secrets_only_hashes()
    {
        var at = Now - TimeSpan.FromDays(60);
        var eternal = await _gateway.AddClientAsync(at);
        var lasting = await _gateway.AddClientAsync(at, lifetime: TimeSpan.FromDays(90));
        var token = await _gateway.AddRefreshTokenAsync(lasting.Id, Now - Hour, TimeSpan.FromDays(1));

        await RunAsync();

        var client = await FindAsync(lasting.Id);
        Assert.Equal((at + TimeSpan.FromDays(90), at, "An app"), (client.ExpiresAt, client.CreatedAt, client.Name));
        Assert.Equal(Now - Hour, client.LastUsedAt);
        Assert.Equal(ClientSecrets.Hash(lasting.Secret), Assert.Single(client.Secrets).Hash);
        Assert.Equal(ClientSecrets.Hash(lasting.RegistrationToken), client.RegistrationTokenHash);
        Assert.Null((await FindAsync(eternal.Id)).ExpiresAt);
        var bytes = Encoding.Latin1.GetString(_host.ReadStoreBytes());
        Assert.All(
            [lasting.Secret, lasting.RegistrationToken, eternal.Secret, token],
            secret => Assert.DoesNotContain(secret, bytes, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clients_that_nobody_used_for_long_are_not_pruned_at_once()
    {
        var client = await _gateway.AddClientAsync(Now - TimeSpan.FromDays(80));
        await RunAsync();

        await _host.Get<ClientCleaner>().CleanAsync(Stop);

        Assert.Null((await FindAsync(client.Id)).Ended);
    }

    [Fact]
    public async Task Tokens_come_along_as_rows_of_the_ledger_and_expire_when_they_would_have()
    {
        var client = await _gateway.AddClientAsync(Now);
        var (id, token) = await _gateway.AddTokenAsync(client.Id, Now - Hour, 3 * Hour);
        var refresh = await _gateway.AddRefreshTokenAsync(client.Id, Now - Hour, TimeSpan.FromDays(7));

        var report = await RunAsync();

        var row = await _host.RowAsync(id);
        Assert.Equal((TokenKind.Access, "42", client.Id, "openid profile"), (row.Kind, row.Subject, row.Client, row.Scope));
        Assert.Equal((Now - Hour, Now + (2 * Hour), report.KeyId), (row.IssuedAt, row.ExpiresAt, row.KeyId));
        var stored = (await _host.Get<RefreshTokens>().FindAsync(refresh, Stop))!;
        Assert.Equal(("42", client.Id, Now - Hour), (stored.Subject, stored.Client, stored.IssuedAt));
        Assert.InRange(stored.ExpiresAt, Now + TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1), Now + TimeSpan.FromDays(7));
        Assert.Equal(TokenKind.Refresh, (await _host.RowAsync(stored.TokenId)).Kind);
        Assert.DoesNotContain(token.Split('.')[2], Encoding.Latin1.GetString(_host.ReadStoreBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_changes_nothing_and_a_later_one_brings_what_is_new()
    {
        var client = await _gateway.AddClientAsync(Now);
        await _gateway.AddTokenAsync(client.Id, Now, Hour);
        await _gateway.AddRefreshTokenAsync(client.Id, Now, Hour);
        Assert.False((await RunAsync()).ChangesNothing);
        var audit = await _host.Get<IAuditStore>().FindNewestAsync(Stop);

        var again = await RunAsync();

        Assert.True(again.ChangesNothing);
        Assert.Equal([1, 1, 1], again.Counts.Take(3).Select(count => count.Known));
        Assert.Equal(audit!.Number, (await _host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number);
        await _gateway.AddTokenAsync(client.Id, Now, Hour);
        Assert.Equal((1, 0), NumbersOf(await RunAsync(withKey: false), GatewaySorts.Tokens));
    }

    [Fact]
    public async Task What_was_ended_here_does_not_come_back()
    {
        var (kept, gone) = (await _gateway.AddClientAsync(Now), await _gateway.AddClientAsync(Now));
        var (id, token) = await _gateway.AddTokenAsync(kept.Id, Now, Hour);
        await RunAsync();
        await _host.Get<Core.Tokens.Revocation.TokenRevocations>().RevokeAsync(id, "stolen", TokenBuilder.Somebody, Core.Events.RequestOrigin.None, Stop);
        await _host.Get<ClientAdministration>().DeleteAsync(gone.Id, "unused", TokenBuilder.Somebody, Stop);
        await _gateway.AddTokenAsync(gone.Id, Now, Hour);

        var report = await RunAsync();

        Assert.Equal((0, 1), NumbersOf(report, GatewaySorts.Tokens));
        Assert.Contains("ended here", Assert.Single(report.LeftOut).Text, StringComparison.Ordinal);
        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(token, AdoptedTokenTests.Anywhere));
        Assert.NotNull((await FindAsync(gone.Id)).Ended);
    }

    [Fact]
    public async Task Comparing_says_how_far_it_is_and_is_done_once_before_it_writes()
    {
        var client = await _gateway.AddClientAsync(Now);
        await _gateway.AddTokenAsync(client.Id, Now, Hour);
        await _gateway.AddRefreshTokenAsync(client.Id, Now, null);
        var told = new Told();

        await _host.Get<GatewayImport>().RunAsync(await _gateway.ReadAsync(_host), TokenBuilder.Somebody, told, Stop);

        Assert.Equal(
            [("compared", 1, 3), ("compared", 2, 3), ("compared", 3, 3), ("registrations", 1, 1), ("tokens", 1, 1), ("refresh_tokens", 1, 1)],
            told.Values.Select(value => (value.Sort, value.Done, value.Total)));
    }

    [Fact]
    public async Task A_preview_says_the_same_and_writes_nothing()
    {
        var client = await _gateway.AddClientAsync(Now);
        var (id, _) = await _gateway.AddTokenAsync(client.Id, Now, Hour);
        await _gateway.Database.StringSetAsync("oauth:state:abc", "{}");
        await _gateway.Database.StringSetAsync("oauth:code:abc", "{}");
        await _gateway.Database.ListRightPushAsync("redis:session:s1:messages", "hello");
        var before = await _host.Get<IAuditStore>().FindNewestAsync(Stop);

        var preview = Assert.IsType<GatewayOutcome.Done>(
            await _host.Get<GatewayImport>().PreviewAsync(await _gateway.ReadAsync(_host), null, Stop)).Report;

        Assert.Equal(before!.Number, (await _host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number);
        Assert.Null(await _host.Get<ITokenLedger>().FindAsync(id, Stop));
        Assert.DoesNotContain(_host.Get<KeyRing>().All, key => key.Issuer is not null);
        Assert.Equal([1, 1, 0, 0, 0, 0, 0], preview.Counts.Select(count => count.TakenOver));
        Assert.Equal([1, 1, 0, 1, 1, 1, 1], preview.Counts.Select(count => count.Found));
        Assert.All(preview.Counts.Skip(3), count => Assert.NotNull(count.Why));
        Assert.Equal(preview.KeyId, (await RunAsync()).KeyId);
    }

    [Fact]
    public async Task Junk_is_named_with_its_reason_and_never_with_a_secret()
    {
        var client = await _gateway.AddClientAsync(Now);
        var weak = await _gateway.AddClientAsync(Now, value => value["client_secret"] = "hunter2");
        var old = await _gateway.AddClientAsync(Now - (2 * Hour), value => value["client_secret_expires_at"] = (Now - Hour).ToUnixTimeSeconds());
        var database = _gateway.Database;
        await database.StringSetAsync("oauth:client:broken", "no JSON");
        await database.SetAddAsync("oauth:client:set", "x");
        var (orphan, _) = await _gateway.AddTokenAsync("client_nobody", Now, Hour);
        var (expired, _) = await _gateway.AddTokenAsync(client.Id, Now - (2 * Hour), Hour);
        await database.StringSetAsync("oauth:token:reserved", Row(client.Id, "operator:admin"));
        await database.StringSetAsync("oauth:token:dateless", $$"""{"sub":"42","client_id":"{{client.Id}}"}""");
        var refresh = await _gateway.AddRefreshTokenAsync("client_nobody", Now, Hour);
        await database.StringSetAsync("oauth:refresh:short", "{}");

        var report = await RunAsync();

        Assert.Equal((1, 4), NumbersOf(report, GatewaySorts.Registrations));
        Assert.Equal((0, 4), NumbersOf(report, GatewaySorts.Tokens));
        Assert.Equal((0, 2), NumbersOf(report, GatewaySorts.RefreshTokens));
        Assert.Equal(
            Sorted("broken", "set", weak.Id, old.Id, orphan, expired, "reserved", "dateless"),
            Sorted([.. report.LeftOut.Where(item => item.Sort != GatewaySorts.RefreshTokens).Select(item => item.Id)]));
        var said = string.Join('\n', report.LeftOut) + string.Join('\n', report.Changed);
        Assert.All(["hunter2", old.Secret, refresh], secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_are_read_as_arrays_and_as_text_and_members_may_be_missing()
    {
        var array = await _gateway.AddClientAsync(Now, value => value["redirect_uris"] = new JsonArray("http://localhost:8080/cb", "cursor://cb"));
        var bare = await _gateway.AddClientAsync(Now, value =>
        {
            foreach (var name in (string[])["client_id", "client_name", "scope", "grant_types", "created_at", "client_id_issued_at", "client_secret_expires_at", "registration_access_token"])
            {
                value.Remove(name);
            }
        });
        var odd = await _gateway.AddClientAsync(Now, value =>
        {
            value["redirect_uris"] = "[\"javascript:alert(1)\", \"https://ok.example.com/cb\", \"urn:ietf:wg:oauth:2.0:oob\"]";
            value["grant_types"] = "[\"client_credentials\", \"refresh_token\"]";
            value["client_name"] = "x\u202ey";
            value["logo_uri"] = "http://intranet/logo.png";
        });

        var report = await RunAsync();

        Assert.Equal(["http://localhost:8080/cb", "cursor://cb"], (await FindAsync(array.Id)).RedirectUris);
        Assert.Equal("native", (await FindAsync(array.Id)).Details.ApplicationType);
        var client = await FindAsync(bare.Id);
        Assert.Equal("Unnamed Client", client.Name);
        Assert.Equal(["openid", "profile", "email"], client.Scopes);
        Assert.Equal([GrantTypes.AuthorizationCode, GrantTypes.RefreshToken], client.GrantTypes);
        Assert.Null(client.ExpiresAt);
        client = await FindAsync(odd.Id);
        Assert.Equal(["https://ok.example.com/cb"], client.RedirectUris);
        Assert.Equal([GrantTypes.RefreshToken], client.GrantTypes);
        Assert.Equal(odd.Id, client.Name);
        Assert.Null(client.Details.LogoUri);
        Assert.Equal(4, report.Changed.Count(item => item.Id == odd.Id));
        Assert.Contains(report.Changed, item => item.Id == bare.Id);
    }

    [Fact]
    public async Task Scopes_that_people_allowed_beyond_the_registration_can_go_on_being_refreshed()
    {
        var client = await _gateway.AddClientAsync(Now);
        await _gateway.AddRefreshTokenAsync(client.Id, Now, null, "openid mcp:read");

        var report = await RunAsync();

        Assert.Equal(["openid", "profile", "mcp:read"], (await FindAsync(client.Id)).Scopes);
        Assert.Contains("mcp:read", Assert.Single(report.Changed).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_key_clients_and_refresh_tokens_come_along_and_access_tokens_do_not()
    {
        var client = await _gateway.AddClientAsync(Now);
        await _gateway.AddTokenAsync(client.Id, Now, Hour);
        await _gateway.AddRefreshTokenAsync(client.Id, Now, Hour);

        var report = await RunAsync(withKey: false);

        Assert.Null(report.KeyId);
        Assert.Equal([1, 0, 1], report.Counts.Take(3).Select(count => count.TakenOver));
        Assert.Equal((1, 0), NumbersOf(await RunAsync(), GatewaySorts.Tokens));
    }

    [Fact]
    public async Task A_key_that_was_revoked_here_brings_no_token_and_one_of_another_issuer_is_refused()
    {
        var client = await _gateway.AddClientAsync(Now);
        var report = await RunAsync();
        await _gateway.AddTokenAsync(client.Id, Now, Hour);

        var other = await _host.Get<GatewayImport>().RunAsync(
            (await _gateway.ReadAsync(_host)) with { Issuer = "https://auth.other.example" }, TokenBuilder.Somebody, null, Stop);
        Assert.IsType<KeyRevocationOutcome.Revoked>(
            await _host.Get<KeyRetirement>().RevokeAsync(report.KeyId!, "leaked", TokenBuilder.Somebody, Stop));

        Assert.Contains(AGateway.Issuer, Assert.Single(Assert.IsType<GatewayOutcome.Invalid>(other).Faults).Message, StringComparison.Ordinal);
        Assert.Equal((0, 1), NumbersOf(await RunAsync(), GatewaySorts.Tokens));
    }

    [Fact]
    public async Task The_key_verifies_alone_and_a_key_that_is_here_already_is_bound_as_it_is()
    {
        var report = await RunAsync();
        await using var given = await CoreHost.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Keys:Algorithm"] = "RS256",
            ["JWT_PRIVATE_KEY_B64"] = _gateway.PrivateKey,
        });

        await given.Get<GatewayImport>().RunAsync(await _gateway.ReadAsync(given), TokenBuilder.Somebody, null, Stop);

        var key = _host.Get<KeyRing>().Find(report.KeyId!)!;
        Assert.Equal((KeyState.Previous, true, AGateway.Issuer), (key.State, key.IsImported, key.Issuer));
        Assert.Equal((KeyState.Current, AGateway.Issuer), (given.Get<KeyRing>().Current.State, given.Get<KeyRing>().Current.Issuer));
        var jwks = Encoding.UTF8.GetString(Jwks.Write(_host.Get<KeyRing>().All, CoreHost.Issuer));
        Assert.DoesNotContain(key.KeyId, jwks, StringComparison.Ordinal);
        Assert.Contains(key.KeyId, Encoding.UTF8.GetString(Jwks.Write(_host.Get<KeyRing>().All, AGateway.Issuer)), StringComparison.Ordinal);
        Assert.Contains(
            given.Get<KeyRing>().Current.KeyId, Encoding.UTF8.GetString(Jwks.Write(given.Get<KeyRing>().All, CoreHost.Issuer)), StringComparison.Ordinal);
        await given.ReopenAsync();
        Assert.Equal(AGateway.Issuer, given.Get<KeyRing>().Current.Issuer);
    }

    [Fact]
    public async Task A_key_that_signs_nothing_here_or_an_issuer_that_is_none_changes_nothing()
    {
        var takeover = await _gateway.ReadAsync(_host);
        var wrong = takeover with { Issuer = "auth", Key = new Core.Keys.Making.KeyImport("hunter2", KeyAlgorithm.HS256, null, KeyState.Previous, null) };

        var invalid = Assert.IsType<GatewayOutcome.Invalid>(
            await _host.Get<GatewayImport>().RunAsync(wrong, TokenBuilder.Somebody, null, Stop));

        Assert.Equal(["issuer", "material"], invalid.Faults.Select(fault => fault.Field));
        Assert.DoesNotContain("hunter2", string.Join(' ', invalid.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_log_says_who_took_over_what()
    {
        await _gateway.AddClientAsync(Now);
        await RunAsync();

        var entry = (await _host.Get<IAuditStore>().FindNewestAsync(Stop))!.Entry;
        Assert.Equal(("gateway.imported", AGateway.Issuer, TokenBuilder.Somebody.Name), (entry.Action, entry.ObjectId, entry.Who.Name));
        Assert.Contains("\"registrations\":\"1\"", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_come_along_from_whatever_database_the_address_names()
    {
        var client = await _gateway.AddClientAsync(Now);
        for (var number = 0; number < 1_200; number++)
        {
            await _gateway.Database.StringSetAsync($"oauth:token:t{number}", Row(client.Id, "42"), flags: StackExchange.Redis.CommandFlags.FireAndForget);
        }

        await _gateway.Database.PingAsync();
        var reader = _host.Get<IGatewayReader>();
        var data = await reader.ReadAsync($"redis://:@{_gateway.Address}/0", null, null, Stop);
        var none = await reader.ReadAsync($"{_gateway.Address},defaultDatabase=1", null, null, Stop);
        Assert.Equal((1_200, 0), (data.Tokens.Count, none.Tokens.Count));

        var done = Assert.IsType<GatewayOutcome.Done>(await _host.Get<GatewayImport>().RunAsync(
            new GatewayTakeover(data, AGateway.Issuer, _gateway.Import(), null), TokenBuilder.Somebody, null, Stop));
        Assert.Equal((1_200, 0), NumbersOf(done.Report, GatewaySorts.Tokens));
        Assert.Equal(1_200, (await _host.Get<ITokenLedger>().ListAsync(new LedgerFilter { Client = client.Id, Kind = TokenKind.Access }, Now, null, 1, Stop)).Total);
    }

    [Fact]
    public async Task A_redis_that_is_not_there_ends_with_a_sentence_without_the_password()
    {
        var exception = await Assert.ThrowsAsync<StartupException>(
            () => _host.Get<IGatewayReader>().ReadAsync("127.0.0.1:1,connectTimeout=200", "hunter2", null, Stop));

        Assert.Equal(StartupException.StoreUnusable, exception.ExitCode);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    private async Task<GatewayReport> RunAsync(bool withKey = true) => Assert.IsType<GatewayOutcome.Done>(
        await _host.Get<GatewayImport>().RunAsync(await _gateway.ReadAsync(_host, withKey), TokenBuilder.Somebody, null, Stop)).Report;

    private async Task<Client> FindAsync(string id)
    {
        var found = await _host.Get<ClientDirectory>().FindAsync(id, Stop);
        Assert.NotNull(found);
        return found;
    }

    private string Row(string client, string subject) => new JsonObject
    {
        ["sub"] = subject,
        ["client_id"] = client,
        ["scope"] = "openid",
        ["created_at"] = Now.ToUnixTimeSeconds(),
        ["expires_at"] = (Now + Hour).ToUnixTimeSeconds(),
    }.ToJsonString();

    private static string[] Sorted(params string[] names) => [.. names.Order(StringComparer.Ordinal)];

    private sealed class Told : IProgress<GatewayProgress>
    {
        public List<GatewayProgress> Values { get; } = [];

        public void Report(GatewayProgress value) => Values.Add(value);
    }
}
