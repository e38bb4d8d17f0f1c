using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.OAuth;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Clients;

/// <summary>What the management API does and does not do with a client, where somebody else is at it, too.</summary>
public sealed class ClientApiTests : IAsyncLifetime
{
    private WholeSignet _signet = null!;
    private string _bearer = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IClientStore Store => _signet.Services.GetRequiredService<IClientStore>();

    public async ValueTask InitializeAsync()
    {
        _signet = await WholeSignet.StartAsync();
        _bearer = await _signet.LogInAsync(await _signet.AddOperatorAsync("olga", Roles.Administrator));
    }

    public ValueTask DisposeAsync() => _signet.DisposeAsync();

    [Fact]
    public async Task Nobody_undoes_vouches_for_or_approves_what_they_have_not_seen()
    {
        await AddAsync("client_one", ClientState.Pending);
        Assert.Equal(200, (await CallAsync(HttpMethod.Get, "client_one")).Status);
        await ChangeElsewhereAsync("client_one", client => client with { Name = "Theirs" });

        // This node has not heard of the change.
        var (_, patched) = await CallAsync(HttpMethod.Patch, "client_one", new { scope = "files:read", reason = "narrower" });
        Assert.Equal("Theirs", patched.GetProperty("client_name").GetString());
        Assert.Equal(409, (await CallAsync(HttpMethod.Patch, "client_one", new { scope = "", version = 1, reason = "late" })).Status);
        Assert.Equal(422, (await CallAsync(HttpMethod.Patch, "client_one", new { verified = true, reason = "known" })).Status);
        Assert.Equal(409, (await CallAsync(HttpMethod.Patch, "client_one", new { verified = true, version = 1, reason = "known" })).Status);

        Assert.Equal(422, (await ApproveAsync(new { approved = true, reason = "known" })).Status);
        var (late, problem) = await ApproveAsync(new { approved = true, version = 1, reason = "known" });
        Assert.Equal((409, 2), (late, problem.GetProperty("version").GetInt32()));
        Assert.Equal(ClientState.Pending, (await FindAsync("client_one")).State);
        Assert.Equal(200, (await ApproveAsync(new { approved = true, version = 2, reason = "known" })).Status);
        Assert.Equal(200, (await ApproveAsync(new { approved = true, version = 3, reason = "again" })).Status);
        Assert.Equal(409, (await ApproveAsync(new { approved = false, reason = "too late" })).Status);
        await ChangeElsewhereAsync("client_one", client => client with { State = ClientState.Disabled });
        Assert.Equal(409, (await ApproveAsync(new { approved = true, version = 4, reason = "again" })).Status);

        Task<(int Status, JsonElement Body)> ApproveAsync(object body) => CallAsync(HttpMethod.Post, "client_one/approval", body);
    }

    [Fact]
    public async Task Whoever_asks_what_would_happen_changes_nothing()
    {
        await AddAsync("client_one", ClientState.Pending);
        var secret = $"client_one/secrets/{(await FindAsync("client_one")).Secrets[0].Id}";

        foreach (var (path, body) in new (string, object?)[] { (secret, new { dry_run = true, force = true, reason = "why" }), ($"{secret}?dry_run=1&force=true&reason=why", null) })
        {
            var (status, trial) = await CallAsync(HttpMethod.Delete, path, body);
            Assert.Equal((200, true, true), (status, trial.GetProperty("exists").GetBoolean(), trial.GetProperty("needs_force").GetBoolean()));
        }

        var (_, rejection) = await CallAsync(HttpMethod.Post, "client_one/approval", new { approved = false, dry_run = true, reason = "unknown" });
        Assert.Equal((true, 0), (rejection.GetProperty("dry_run").GetBoolean(), rejection.GetProperty("tokens").GetInt32()));
        Assert.Equal(422, (await CallAsync(HttpMethod.Post, "client_one/approval", new { approved = true, version = 0, dry_run = true, reason = "why" })).Status);
        Assert.Equal(200, (await CallAsync(HttpMethod.Delete, "client_one?dry_run=yes&reason=why")).Status);
        var left = await FindAsync("client_one");
        Assert.Equal((0, 1, ClientState.Pending, null), (left.Version, left.Secrets.Count, left.State, left.Ended));

        var (_, token) = await SendAsync(HttpMethod.Post, "/dashboard/initial-access-tokens", new { label = "Mobile", reason = "a team" });
        var path2 = $"/dashboard/initial-access-tokens/{token.GetProperty("id").GetString()}?reason=why";
        Assert.Equal((200, 200), ((await SendAsync(HttpMethod.Delete, path2, new { dry_run = true })).Status, (await SendAsync(HttpMethod.Delete, path2 + "&dry_run=true")).Status));
        Assert.Equal(204, (await SendAsync(HttpMethod.Delete, path2)).Status);
    }

    [Fact]
    public async Task Repeated_creations_of_secrets_and_registration_tokens_make_one()
    {
        await AddAsync("client_one", ClientState.Enabled);

        var (first, _) = await CallAsync(HttpMethod.Post, "client_one/secrets", new { lifetime = 60, reason = "rotation" }, "key-1");
        var (second, repeated) = await CallAsync(HttpMethod.Post, "client_one/secrets", new { lifetime = 60, reason = "rotation" }, "key-1");
        var kept = await FindAsync("client_one");
        Assert.Equal((201, 409, 2), (first, second, kept.Secrets.Count));
        Assert.Equal(kept.Secrets[1].Id, repeated.GetProperty("secret_id").GetString());

        var (made, _) = await CallAsync(HttpMethod.Post, "client_one/registration-token", new { reason = "lost" }, "key-2");
        var hash = (await FindAsync("client_one")).RegistrationTokenHash;
        var (again, _) = await CallAsync(HttpMethod.Post, "client_one/registration-token", new { reason = "lost" }, "key-2");
        Assert.Equal((200, 409), (made, again));
        Assert.Equal(hash, (await FindAsync("client_one")).RegistrationTokenHash);
    }

    [Fact]
    public async Task Last_used_is_what_is_stored_and_audiences_are_given_by_operators()
    {
        await AddAsync("client_one", ClientState.Enabled);
        await CallAsync(HttpMethod.Get, "client_one");
        await Store.RecordUsesAsync([new ClientUse("client_one", null, DateTimeOffset.UnixEpoch.AddYears(60))], Stop);

        var (_, found) = await CallAsync(HttpMethod.Get, "client_one");
        var (_, changed) = await CallAsync(HttpMethod.Patch, "client_one", new { audiences = new[] { "https://api.example.com" }, reason = "an API" });

        Assert.Equal(2030, found.GetProperty("last_used_at").GetDateTimeOffset().Year);
        Assert.Equal("https://api.example.com", changed.GetProperty("audiences")[0].GetString());
    }

    private Task<Client> AddAsync(string id, ClientState state) =>
        _signet.Services.AddAsync(OAuthClients.Confidential(id) with { State = state, Origin = ClientOrigin.SelfRegistered });

    private async Task ChangeElsewhereAsync(string id, Func<Client, Client> change) => Assert.True(await Store.ReplaceAsync(
        change(await FindAsync(id)), new AuditEntry(TokenBuilder.Somebody, "client.changed", "client", id), Stop));

    private async Task<Client> FindAsync(string id) => (await Store.FindAsync(id, Stop))!;

    private Task<(int Status, JsonElement Body)> CallAsync(HttpMethod method, string path, object? body = null, string? key = null) =>
        SendAsync(method, $"/dashboard/clients/{path}", body, key);

    private async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _bearer);
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await _signet.Client.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return ((int)answer.StatusCode, text is "" ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}
