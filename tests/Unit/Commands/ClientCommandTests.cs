using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Clients.Metadata;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>Registrations from the command line.</summary>
public sealed class ClientCommandTests : IAsyncLifetime
{
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CoreHost Host => _runner.Host;

    public async ValueTask InitializeAsync() => _runner = await CommandRunner.StartAsync(
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Keys:Algorithm"] = "HS256" });

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task A_client_is_registered_listed_and_shown_and_its_secret_printed_alone()
    {
        Assert.Equal(0, await _runner.RunAsync(
            "clients", "create", "--name", "Reports", "--redirect-uri", "https://app.example.com/cb", "--scope", "files:read,files:write",
            "--audience", "https://api.example.com", "--lifetime", "90d", "--reason", "a new report"));
        var secret = _runner.Answer();
        var listed = await _runner.ReadAsync("clients", "list", "--q", "rep", "--type", "confidential");
        var id = Assert.Single(listed.GetProperty("items").EnumerateArray()).GetProperty("client_id").GetString()!;
        Assert.Equal(0, await _runner.RunAsync("clients", "show", id));

        var client = (await Host.Get<ClientDirectory>().ReadAsync(id, Stop))!;
        Assert.Equal(ClientSecrets.Hash(secret), Assert.Single(client.Secrets).Hash);
        Assert.Equal(["files:read", "files:write"], client.Scopes);
        Assert.Equal(TimeSpan.FromDays(90), client.ExpiresAt - client.CreatedAt);
        Assert.True(client.IsVerified);
        var shown = _runner.Answer();
        Assert.Matches(@"grants +authorization_code refresh_token", shown);
        Assert.Contains(client.Secrets[0].Prefix, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, shown + _runner.Said, StringComparison.Ordinal);
        var entry = Assert.Single((await Host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: id), null, 10, Stop)).Items).Entry;
        Assert.Equal(("client.created", $"cli:{Environment.UserName}", "a new report"), (entry.Action, entry.Who.Name, entry.Reason));
    }

    [Fact]
    public async Task A_public_client_and_one_with_keys_have_no_secret()
    {
        var file = Path.Combine(Host.Folder, "jwks.json");
        await File.WriteAllTextAsync(file, Drafts.Set(Drafts.EcKey()), Stop);

        Assert.Equal(0, await _runner.RunAsync("clients", "create", "--name", "App", "--public", "--redirect-uri", "https://app.example.com/cb"));
        var id = _runner.Answer();
        var keyed = await _runner.ReadAsync("clients", "create", "--name", "Job", "--grant", "client_credentials", "--jwks", file);

        Assert.Equal(ClientAuthMethod.None, (await Host.Get<ClientDirectory>().ReadAsync(id, Stop))!.AuthMethod);
        Assert.Equal("private_key_jwt", keyed.GetProperty("token_endpoint_auth_method").GetString());
        Assert.Equal(1, keyed.GetProperty("jwks").GetProperty("keys").GetArrayLength());
        Assert.False(keyed.TryGetProperty("client_secret", out _));
    }

    [Fact]
    public async Task A_secret_is_rotated_beside_the_old_ones_or_instead_of_them()
    {
        var id = await CreateAsync();
        var first = Assert.Single(await SecretsAsync(id));

        Assert.Equal(0, await _runner.RunAsync("clients", "rotate-secret", id, "--lifetime", "30d"));
        var second = _runner.Answer();
        Assert.Equal(2, (await SecretsAsync(id)).Count);
        Assert.Equal(2, await _runner.RunUnattendedAsync("clients", "rotate-secret", id, "--revoke-old"));
        var planned = await _runner.ReadAsync("clients", "rotate-secret", id, "--revoke-old", "--dry-run");
        var rotated = await _runner.ReadAsync("clients", "rotate-secret", id, "--revoke-old", "--yes");

        Assert.Equal(first.Id, planned.GetProperty("revoked_secrets")[0].GetString());
        var left = Assert.Single(await SecretsAsync(id));
        Assert.Equal(ClientSecrets.Hash(rotated.GetProperty("client_secret").GetString()!), left.Hash);
        Assert.NotEqual(ClientSecrets.Hash(second), left.Hash);
        Assert.DoesNotContain(second, _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_secrets_than_a_client_may_have_are_refused_unless_the_old_ones_go()
    {
        var id = await CreateAsync();
        for (var count = 1; count < ClientLimits.MostSecrets; count++)
        {
            Assert.Equal(0, await _runner.RunAsync("clients", "rotate-secret", id));
        }

        _runner.Answer();
        Assert.Equal(2, await _runner.RunAsync("clients", "rotate-secret", id));
        Assert.Contains("secrets must be at most", _runner.Said, StringComparison.Ordinal);
        Assert.Equal("", _runner.Answer());

        await _runner.ReadAsync("clients", "rotate-secret", id, "--revoke-old", "--yes");
        Assert.Single(await SecretsAsync(id));
    }

    [Theory]
    [InlineData("--yes")]
    [InlineData("--dry-run")]
    public async Task A_rotation_that_cannot_be_takes_no_secret_away(string option)
    {
        var id = await CreateAsync();
        Assert.Equal(0, await _runner.RunAsync("clients", "rotate-secret", id));
        _runner.Answer();

        Assert.Equal(2, await _runner.RunAsync("clients", "rotate-secret", id, "--revoke-old", "--lifetime", "4000d", option));

        Assert.Contains("lifetime must be", _runner.Said, StringComparison.Ordinal);
        Assert.Equal("", _runner.Answer());
        Assert.Equal(2, (await SecretsAsync(id)).Count);
    }

    [Fact]
    public async Task A_rotation_of_a_client_without_secrets_is_refused_before_anybody_is_asked()
    {
        var id = (await _runner.ReadAsync("clients", "create", "--name", "App", "--public", "--redirect-uri", "https://app.example.com/cb"))
            .GetProperty("client_id").GetString()!;

        Assert.Equal(2, await _runner.RunAsync("clients", "rotate-secret", id, "--dry-run"));
        Assert.Equal(2, await _runner.RunAsync("clients", "rotate-secret", id, "--revoke-old"));

        Assert.Contains("is not one that uses a secret", _runner.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Type 'yes'", _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_make_way_for_a_new_one_in_one_change()
    {
        var id = await CreateAsync();
        Assert.Equal(0, await _runner.RunAsync("clients", "rotate-secret", id));
        var before = (await Host.Get<ClientDirectory>().ReadAsync(id, Stop))!.Version;

        Assert.Equal(0, await _runner.RunAsync("clients", "rotate-secret", id, "--revoke-old", "--yes", "--reason", "it leaked"));

        Assert.Equal(before + 1, (await Host.Get<ClientDirectory>().ReadAsync(id, Stop))!.Version);
        var entry = (await Host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: id), null, 10, Stop)).Items[0].Entry;
        Assert.Equal(("client.secrets_replaced", "it leaked"), (entry.Action, entry.Reason));
    }

    [Fact]
    public async Task A_client_is_disabled_only_where_somebody_says_yes_to_what_that_does()
    {
        var id = await CreateAsync();
        await Host.IssueAsync(TokenBuilder.Request() with { Client = id });

        Assert.Equal(2, await _runner.RunUnattendedAsync("clients", "disable", id));
        var planned = await _runner.ReadAsync("clients", "disable", id, "--dry-run");
        _runner.Answers("no");
        Assert.Equal(1, await _runner.RunAsync("clients", "disable", id));

        Assert.Equal(("planned", 1), (planned.GetProperty("status").GetString(), planned.GetProperty("tokens").GetInt32()));
        Assert.Contains("1 live token of 1 subject", _runner.Said, StringComparison.Ordinal);
        Assert.Contains("work again", _runner.Said, StringComparison.Ordinal);
        Assert.Equal(ClientState.Enabled, (await Host.Get<ClientDirectory>().ReadAsync(id, Stop))!.State);
    }

    [Fact]
    public async Task A_client_is_renewed_disabled_and_enabled()
    {
        var id = await CreateAsync();

        var renewed = await _runner.ReadAsync("clients", "renew", id, "--lifetime", "10d");
        var forever = await _runner.ReadAsync("clients", "renew", id, "--forever");
        var disabled = await _runner.ReadAsync("clients", "disable", id, "--yes", "--reason", "it misbehaves");
        var again = await _runner.ReadAsync("clients", "disable", id);
        Assert.Equal(0, await _runner.RunAsync("clients", "enable", id));

        Assert.True(renewed.TryGetProperty("expires_at", out _));
        Assert.False(forever.TryGetProperty("expires_at", out _));
        Assert.Equal(("disabled", "disabled"), (disabled.GetProperty("status").GetString(), again.GetProperty("status").GetString()));
        Assert.Equal(disabled.GetProperty("version").GetInt64(), again.GetProperty("version").GetInt64());
        Assert.Contains("is active now", _runner.Answer(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_with_live_tokens_is_deleted_only_with_them()
    {
        var id = await CreateAsync();
        var issued = await Host.IssueAsync(TokenBuilder.Request() with { Client = id });

        var planned = await _runner.ReadAsync("clients", "delete", id, "--dry-run");
        Assert.Equal(1, await _runner.RunAsync("clients", "delete", id, "--yes"));
        Assert.Contains("--with-tokens", _runner.Said, StringComparison.Ordinal);
        Assert.Null((await Host.Get<ClientDirectory>().ReadAsync(id, Stop))!.Ended);
        _runner.Answers("no");
        Assert.Equal(1, await _runner.RunAsync("clients", "delete", id, "--with-tokens"));
        var deleted = await _runner.ReadAsync("clients", "delete", id, "--with-tokens", "--yes", "--reason", "not needed any more");
        var shown = await _runner.ReadAsync("clients", "show", id);
        await Host.ReopenAsync();

        Assert.Equal(1, planned.GetProperty("tokens").GetInt32());
        Assert.Equal("deleted", deleted.GetProperty("ended").GetProperty("reason").GetString());
        Assert.Equal("ended", shown.GetProperty("status").GetString());
        Assert.NotNull((await Host.RowAsync(issued.TokenId)).Revoked);
    }

    [Theory]
    [InlineData(2, "--status must be one of", "list", "--status", "gone")]
    [InlineData(2, "--cursor is not one", "list", "--cursor", "x")]
    [InlineData(1, "no client with this id", "show", "nobody")]
    [InlineData(1, "no client with this id", "disable", "nobody")]
    [InlineData(1, "no client with this id", "enable", "nobody")]
    [InlineData(1, "no client with this id", "renew", "nobody", "--forever")]
    [InlineData(1, "no client with this id", "rotate-secret", "nobody")]
    [InlineData(1, "no client with this id", "delete", "nobody", "--yes")]
    [InlineData(2, "--lifetime is required", "renew", "nobody")]
    [InlineData(2, "--lifetime is required", "renew", "nobody", "--forever", "--lifetime", "1d")]
    [InlineData(2, "redirect_uris", "create", "--name", "App")]
    [InlineData(2, "--name", "create")]
    [InlineData(2, "--public", "create", "--name", "App", "--public", "--confidential")]
    [InlineData(2, "--public", "create", "--name", "App", "--public", "--jwks", "x", "--auth-method", "private_key_jwt")]
    [InlineData(2, "--jwks is no file", "create", "--name", "App", "--jwks", "/nowhere/at/all")]
    [InlineData(2, "grant_types", "create", "--name", "App", "--grant", "magic")]
    [InlineData(2, "'magic'", "create", "--name", "App", "--auth-method", "magic")]
    public async Task What_cannot_be_done_ends_with_its_code_and_says_why(int code, string fault, params string[] arguments)
    {
        Assert.Equal(code, await _runner.RunAsync(["clients", .. arguments]));

        Assert.Contains(fault, _runner.Said, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", _runner.Answer());
    }

    [Fact]
    public async Task A_running_server_refuses_the_tokens_of_a_client_that_a_command_disabled()
    {
        await Host.StartHostedAsync();
        var id = await CreateAsync();
        var issued = await Host.IssueAsync(TokenBuilder.Request() with { Client = id });
        Assert.Null(await Host.CodeAsync(issued.Token));

        Assert.Equal(0, await _runner.RunUnattendedAsync("clients", "disable", id, "--yes"));
        await Eventually.TrueAsync(async () =>
        {
            Host.Clock.Advance(TimeSpan.FromMilliseconds(200));
            return await Host.CodeAsync(issued.Token) is "CLIENT_DISABLED";
        });

        await Host.StopHostedAsync();
    }

    private async Task<string> CreateAsync() =>
        (await _runner.ReadAsync("clients", "create", "--name", "Reports", "--grant", "client_credentials", "--scope", "files:read"))
            .GetProperty("client_id").GetString()!;

    private async Task<IReadOnlyList<ClientSecret>> SecretsAsync(string id) =>
        (await Host.Get<ClientDirectory>().ReadAsync(id, Stop))!.Secrets;
}
