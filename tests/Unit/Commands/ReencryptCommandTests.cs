using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>The master key is changed while a server runs on the same store.</summary>
public sealed class ReencryptCommandTests : IAsyncLifetime
{
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CoreHost Host => _runner.Host;

    private string KeyFile => Path.Combine(Host.Folder, "master.key");

    public async ValueTask InitializeAsync() => _runner = await CommandRunner.StartAsync();

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task A_dry_run_and_a_no_change_nothing()
    {
        var before = await File.ReadAllTextAsync(KeyFile, Stop);

        var planned = await _runner.ReadAsync("keys", "reencrypt", "--dry-run");
        _runner.Answers("no");
        Assert.Equal(1, await _runner.RunAsync("keys", "reencrypt"));
        Assert.Equal(2, await _runner.RunUnattendedAsync("keys", "reencrypt"));

        Assert.Equal("planned", planned.GetProperty("status").GetString());
        Assert.True(planned.GetProperty("values").GetInt32() >= 7);
        Assert.Equal(before, await File.ReadAllTextAsync(KeyFile, Stop));
        Assert.False(File.Exists(KeyFile + ".new"));
    }

    [Fact]
    public async Task A_running_server_goes_on_and_seals_what_is_new_by_the_new_key()
    {
        var token = await Host.IssueAsync();
        _runner.Answers("yes");

        Assert.Equal(0, await _runner.RunAsync("keys", "reencrypt", "--reason", "yearly"));

        Assert.Contains($"{KeyFile}.old", _runner.Answer(), StringComparison.Ordinal);
        Assert.Null(await Host.CodeAsync(token.Token));
        Assert.IsType<KeyRotationOutcome.Rotated>(
            await Host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "test"), Actor.OfCommand("tester"), Stop));
        await Host.ReopenAsync();
        Assert.Null(await Host.CodeAsync(token.Token));
        var id = Host.Get<SystemSecrets>().MasterKey.Id;
        Assert.All(
            await Host.Get<IKeyStore>().ReadAsync(Stop), key => Assert.Equal(id, MasterKey.IdOf(key.SealedPrivatePart)));
        var entry = Assert.Single((await Host.Get<AuditLog>().ListAsync(new AuditFilter(Action: "master_key.changed"), null, 10, Stop)).Items).Entry;
        Assert.Equal(($"cli:{Environment.UserName}", "yearly", id), (entry.Who.Name, entry.Reason, entry.ObjectId));
    }

    [Fact]
    public async Task A_server_that_cannot_read_the_new_key_refuses_to_change_its_ring()
    {
        var token = await Host.IssueAsync();
        var file = Path.Combine(Path.GetDirectoryName(Host.Folder)!, "new.key");

        var changed = await _runner.ReadAsync("keys", "reencrypt", "--yes", "--new-key-file", file);

        Assert.False(changed.TryGetProperty("file", out _));
        Assert.Null(await Host.CodeAsync(token.Token));
        await Assert.ThrowsAsync<Core.Primitives.StoreUnavailableException>(() => Host.Get<KeyRotation>().RotateAsync(
            new RotateKeys(null, true, false, "test"), Actor.OfCommand("tester"), Stop));
        await Host.ReopenAsync((MasterKeyOptions.FileSetting, file));
        Assert.Null(await Host.CodeAsync(token.Token));
        Assert.IsType<KeyRotationOutcome.Rotated>(
            await Host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "test"), Actor.OfCommand("tester"), Stop));
    }
}
