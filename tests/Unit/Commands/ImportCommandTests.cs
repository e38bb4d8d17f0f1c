using System.Runtime.Versioning;
using System.Text;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Gateway;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands;

/// <summary><c>import gateway</c>, typed beside a server that runs.</summary>
public sealed class ImportCommandTests : IAsyncLifetime
{
    private AGateway _gateway = null!;
    private CommandRunner _runner = null!;
    private TheirClient _client = null!;
    private string _id = "";
    private string _token = "";
    private string _keyFile = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await AGateway.StartAsync();
        _runner = await CommandRunner.StartAsync(hosted: true);

        // Good by the clock of this machine, which commands have, and by that of the server.
        var now = TimeProvider.System.GetUtcNow();
        _client = await _gateway.AddClientAsync(now);
        (_id, _token) = await _gateway.AddTokenAsync(_client.Id, now, _runner.Host.Clock.GetUtcNow() - now + TimeSpan.FromDays(1));
        await _gateway.AddRefreshTokenAsync(_client.Id, now, null);
        await _gateway.Database.StringSetAsync("oauth:client:broken", "no JSON");
        _keyFile = Path.Combine(_runner.Host.Folder, "gateway.key");
        await File.WriteAllTextAsync(_keyFile, _gateway.PrivateKey + "\n", Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task The_server_takes_the_gateways_tokens_as_soon_as_the_command_has_ended()
    {
        Assert.Equal("WRONG_ISSUER", await _runner.Host.CodeAsync(_token, AdoptedTokenTests.Anywhere));
        Assert.Null(await _runner.Host.Get<ClientDirectory>().FindAsync(_client.Id, Stop));

        var done = await _runner.ReadAsync([.. Arguments(), "--yes"]);

        Assert.Equal("done", done.GetProperty("status").GetString());
        Assert.Equal(_id, (await _runner.Host.RowAsync(_id)).TokenId);
        await EventuallyAsync(async () => await _runner.Host.CodeAsync(_token, AdoptedTokenTests.Anywhere) is null);
        await EventuallyAsync(async () => await _runner.Host.Get<ClientDirectory>().FindAsync(_client.Id, Stop) is not null);
        var again = await _runner.ReadAsync(Arguments());
        Assert.True(again.GetProperty("changes_nothing").GetBoolean());
        var entry = (await _runner.Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Entry;
        Assert.Equal(("gateway.imported", $"cli:{Environment.UserName}"), (entry.Action, entry.Who.Name));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_come_along_and_what_not_and_changes_nothing()
    {
        var before = await _runner.Host.Get<IAuditStore>().FindNewestAsync(Stop);

        Assert.Equal(0, await _runner.RunUnattendedAsync([.. Arguments(), "--dry-run"]));

        var answer = _runner.Answer();
        Assert.Matches(@"clients +2 +1 +0 +1", answer);
        Assert.Matches(@"access tokens +1 +1 +0 +0", answer);
        Assert.Contains("Its value is no JSON object.", answer, StringComparison.Ordinal);
        Assert.Contains("  broken", answer, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(_client.Secret, answer + _runner.Said, StringComparison.Ordinal);
        Assert.Null(await _runner.Host.Get<ITokenLedger>().FindAsync(_id, Stop));
        Assert.Equal(before!.Number, (await _runner.Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number);
    }

    [Fact]
    public async Task It_asks_before_and_a_no_changes_nothing()
    {
        _runner.Answers("no");
        Assert.Equal(1, await _runner.RunAsync(Arguments()));
        Assert.Null(await _runner.Host.Get<ITokenLedger>().FindAsync(_id, Stop));
        Assert.Equal(2, await _runner.RunUnattendedAsync(Arguments()));

        _runner.Answers("yes");
        Assert.Equal(0, await _runner.RunAsync(Arguments()));
        Assert.NotNull(await _runner.Host.Get<ITokenLedger>().FindAsync(_id, Stop));
        Assert.Contains("1 clients, 1 access tokens, 1 refresh tokens", _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_and_password_stand_in_the_gateways_own_settings_too()
    {
        Assert.Equal(0, await _runner.RunAsync(
            "import", "gateway", "--redis", $"redis://{_gateway.Address}/0", "--yes", "--BASE_DOMAIN=example.com", $"--JWT_PRIVATE_KEY_B64={_gateway.PrivateKey}"));

        Assert.Equal(AGateway.Issuer, (await _runner.Host.RowAsync(_id)).Audience);
    }

    [Fact]
    public async Task What_came_along_is_written_as_a_backup_that_can_be_read_again_and_no_file_is_replaced()
    {
        var file = Path.Combine(_runner.Host.Folder, "back.json");
        Assert.Equal(0, await _runner.RunAsync([.. Arguments(), "--yes"]));
        _runner.Answer();

        var done = await _runner.ReadAsync("export", "gateway", file);
        var text = await File.ReadAllTextAsync(file, Stop);
        Assert.Equal(1, await _runner.RunAsync("export", "gateway", file));
        Assert.Equal(1, await _runner.RunAsync("export", "gateway", "/no/such/folder/back.json"));

        Assert.Equal((1, 1), (done.GetProperty("registrations").GetInt32(), done.GetProperty("tokens").GetInt32()));
        Assert.Contains("Refresh tokens", done.GetProperty("left_out").ToString(), StringComparison.Ordinal);
        Assert.Contains(_id, text, StringComparison.Ordinal);
        Assert.DoesNotContain(_client.Secret, text, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file, Stop));
        Assert.Contains("exists", _runner.Said, StringComparison.Ordinal);
        Assert.Contains("cannot be used", _runner.Said, StringComparison.Ordinal);
        var planned = await _runner.ReadAsync("import", "gateway", "--file", file, "--issuer", AGateway.Issuer, "--dry-run");
        Assert.True(planned.GetProperty("changes_nothing").GetBoolean());
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_full_disk_leaves_no_half_of_a_file_and_what_stands_there_until_it_may_be_replaced()
    {
        var file = Path.Combine(_runner.Host.Folder, "full.json");
        File.CreateSymbolicLink(file + ".part", "/dev/full");

        Assert.Equal(1, await _runner.RunAsync("export", "gateway", file));

        Assert.Contains("cannot be used", _runner.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("exists", _runner.Said, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.Equal(0, await _runner.RunAsync("export", "gateway", file));
        Assert.Equal(0, await _runner.RunAsync("export", "gateway", file, "--force"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_backup_is_read_in_place_of_redis()
    {
        var file = Path.Combine(_runner.Host.Folder, "gateway.json");
        await File.WriteAllBytesAsync(file, GatewayBackupTests.Sample(), Stop);

        var planned = await _runner.ReadAsync("import", "gateway", "--file", file, "--issuer", AGateway.Issuer, "--dry-run");

        Assert.Equal("planned", planned.GetProperty("status").GetString());
        Assert.Equal(2, planned.GetProperty("counts")[0].GetProperty("found").GetInt32());
    }

    [Theory]
    [InlineData(2, "Give either --redis or --file", "--issuer", AGateway.Issuer)]
    [InlineData(2, "Give either --redis or --file", "--redis", "localhost", "--file", "x")]
    [InlineData(2, "--key-file or --secret-file", "--file", "x", "--key-file", "x", "--secret-file", "x")]
    [InlineData(2, "--issuer", "--file", "x", "--yes")]
    [InlineData(2, "cannot be read", "--file", "nowhere.json", "--issuer", AGateway.Issuer, "--yes")]
    [InlineData(3, "Redis cannot be read", "--redis", "127.0.0.1:1,connectTimeout=200,password=hunter2", "--issuer", AGateway.Issuer, "--yes")]
    public async Task Wrong_use_ends_with_2_and_a_gateway_that_is_away_with_3(int code, string said, params string[] arguments)
    {
        Assert.Equal(code, await _runner.RunAsync(["import", "gateway", .. arguments]));

        Assert.Contains(said, _runner.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _runner.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_backup_or_no_key_ends_with_2_and_says_nothing_of_it()
    {
        await File.WriteAllTextAsync(_keyFile, "hunter2", Encoding.UTF8, Stop);

        Assert.Equal(2, await _runner.RunAsync("import", "gateway", "--file", _keyFile, "--issuer", AGateway.Issuer, "--yes"));
        Assert.Equal(2, await _runner.RunAsync([.. Arguments(), "--yes"]));

        Assert.Contains("no backup of a gateway", _runner.Said, StringComparison.Ordinal);
        Assert.Contains("The key is neither a PEM nor a JWK", _runner.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _runner.Said, StringComparison.Ordinal);
    }

    // A server on SQLite looks every so often, by its own clock.
    private Task EventuallyAsync(Func<Task<bool>> isSo) => Eventually.TrueAsync(() =>
    {
        _runner.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        return isSo();
    });

    private string[] Arguments() =>
        ["import", "gateway", "--redis", _gateway.Address, "--issuer", AGateway.Issuer, "--key-file", _keyFile];
}
