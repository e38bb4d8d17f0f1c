using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Protection.Reencryption;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

public sealed class MasterKeyChangeTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_host.Folder, "master.key");

    private string OtherFile => Path.Combine(Path.GetDirectoryName(_host.Folder)!, "new.key");

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_generated_key_is_replaced_in_its_place_and_kept_beside_it()
    {
        var (token, old) = (await _host.IssueAsync(), await File.ReadAllTextAsync(KeyFile, Stop));

        var changed = await ChangeAsync();

        Assert.Equal(KeyFile, changed.ReplacedFile);
        Assert.True(changed.Values >= 8, "six secrets, and a key that signs and one that waits");
        Assert.Equal(old, await File.ReadAllTextAsync(KeyFile + ".old", Stop));
        Assert.NotEqual(old, await File.ReadAllTextAsync(KeyFile, Stop));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(KeyFile) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await _host.ReopenAsync();
        Assert.Null(await _host.CodeAsync(token.Token));
        await Assert.ThrowsAsync<StartupException>(() => _host.ReopenAsync(("SIGNET_MASTER_KEY", old)));
    }

    [Fact]
    public async Task Interrupted_before_the_store_was_changed_it_starts_as_ever_and_goes_on_with_the_same_key()
    {
        var token = await _host.IssueAsync();
        var prepared = _host.Get<MasterKeySource>().PrepareNew();

        await _host.ReopenAsync();
        Assert.Null(await _host.CodeAsync(token.Token));

        Assert.Equal(prepared.Id, (await ChangeAsync()).NewId);
    }

    [Fact]
    public async Task Interrupted_after_the_store_was_changed_the_next_start_completes_it()
    {
        var token = await _host.IssueAsync();
        await ChangeStoreAloneAsync();
        Assert.True(File.Exists(KeyFile + ".new"));

        await _host.ReopenAsync();

        Assert.Null(await _host.CodeAsync(token.Token));
        Assert.False(File.Exists(KeyFile + ".new"));
        await _host.ReopenAsync();
        Assert.Null(await _host.CodeAsync(token.Token));
    }

    [Fact]
    public async Task A_file_of_the_callers_own_is_used_and_left_and_the_settings_name_it_from_then_on()
    {
        await _host.ReopenAsync((MasterKeyOptions.NewFileSetting, OtherFile));

        var changed = await ChangeAsync();
        await _host.ReopenAsync();
        var again = await ChangeAsync();

        Assert.Null(changed.ReplacedFile);
        Assert.Equal(0, again.Values);
        Assert.False(File.Exists(KeyFile + ".old"));
        await Assert.ThrowsAsync<StartupException>(() => _host.ReopenAsync((MasterKeyOptions.NewFileSetting, null)));
        await _host.ReopenAsync((MasterKeyOptions.FileSetting, OtherFile));
        Assert.Equal(changed.NewId, _host.Get<SystemSecrets>().MasterKey.Id);
    }

    [Fact]
    public async Task A_key_in_a_setting_needs_a_file_for_the_new_one()
    {
        await _host.ReopenAsync((MasterKeyOptions.KeySetting, await File.ReadAllTextAsync(KeyFile, Stop)));

        var refused = await Assert.ThrowsAsync<StartupException>(ChangeAsync);

        Assert.Contains("--new-key-file", refused.Message, StringComparison.Ordinal);
    }

    private Task<MasterKeyChanged> ChangeAsync() =>
        _host.Get<MasterKeyChange>().ChangeAsync("test", Actor.OfCommand("tester"), Stop);

    private async Task ChangeStoreAloneAsync()
    {
        var (store, old) = (_host.Get<IReencryptionStore>(), _host.Get<SystemSecrets>().MasterKey);
        var fresh = _host.Get<MasterKeySource>().PrepareNew();
        var before = await store.ReadAsync(Stop);
        Assert.True(await store.ReplaceAsync(
            before,
            [.. before.Select(value => value with { Value = fresh.Seal(old.Open(value.Value, value.Purpose), value.Purpose) })],
            new AuditEntry(Actor.Signet, "master_key.changed", "master key", fresh.Id, "test"),
            Stop));
    }
}
