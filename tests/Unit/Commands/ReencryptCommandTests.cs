using System.Text.Json;
using Dashboard.Commands;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>The master key is changed while a server runs on the same store.</summary>
public sealed class ReencryptCommandTests : IAsyncLifetime
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly Queue<string> _answers = [];
    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_host.Folder, "master.key");

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, value) in StoreKinds.Default)
        {
            _settings[name] = value;
        }

        _host = await CoreHost.StartAsync(_settings);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_dry_run_and_a_no_change_nothing()
    {
        var before = await File.ReadAllTextAsync(KeyFile, Stop);

        Assert.Equal(0, await RunAsync("--dry-run", "--json"));
        var planned = JsonSerializer.Deserialize<JsonElement>(Answer());
        _answers.Enqueue("no");
        Assert.Equal(1, await RunAsync());
        Assert.Equal(2, await CommandLine.RunAsync([.. Settings(), "keys", "reencrypt"], new CommandConsole(_out, _error, null), Stop));

        Assert.Equal("planned", planned.GetProperty("status").GetString());
        Assert.True(planned.GetProperty("values").GetInt32() >= 7);
        Assert.Equal(before, await File.ReadAllTextAsync(KeyFile, Stop));
        Assert.False(File.Exists(KeyFile + ".new"));
    }

    [Fact]
    public async Task A_running_server_goes_on_and_seals_what_is_new_by_the_new_key()
    {
        var token = await _host.IssueAsync();
        _answers.Enqueue("yes");

        Assert.Equal(0, await RunAsync("--reason", "yearly"));

        Assert.Contains($"{KeyFile}.old", Answer(), StringComparison.Ordinal);
        Assert.Null(await _host.CodeAsync(token.Token));
        Assert.IsType<KeyRotationOutcome.Rotated>(
            await _host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "test"), Actor.OfCommand("tester"), Stop));
        await _host.ReopenAsync();
        Assert.Null(await _host.CodeAsync(token.Token));
        var id = _host.Get<SystemSecrets>().MasterKey.Id;
        Assert.All(
            await _host.Get<IKeyStore>().ReadAsync(Stop), key => Assert.Equal(id, MasterKey.IdOf(key.SealedPrivatePart)));
        var entry = Assert.Single((await _host.Get<AuditLog>().ListAsync(new AuditFilter(Action: "master_key.changed"), null, 10, Stop)).Items).Entry;
        Assert.Equal(($"cli:{Environment.UserName}", "yearly", id), (entry.Who.Name, entry.Reason, entry.ObjectId));
    }

    [Fact]
    public async Task A_server_that_cannot_read_the_new_key_refuses_to_change_its_ring()
    {
        var token = await _host.IssueAsync();
        var file = Path.Combine(Path.GetDirectoryName(_host.Folder)!, "new.key");

        Assert.Equal(0, await RunAsync("--yes", "--json", "--new-key-file", file));

        Assert.False(JsonSerializer.Deserialize<JsonElement>(Answer()).TryGetProperty("file", out _));
        Assert.Null(await _host.CodeAsync(token.Token));
        await Assert.ThrowsAsync<Core.Primitives.StoreUnavailableException>(() => _host.Get<KeyRotation>().RotateAsync(
            new RotateKeys(null, true, false, "test"), Actor.OfCommand("tester"), Stop));
        await _host.ReopenAsync((MasterKeyOptions.FileSetting, file));
        Assert.Null(await _host.CodeAsync(token.Token));
        Assert.IsType<KeyRotationOutcome.Rotated>(
            await _host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "test"), Actor.OfCommand("tester"), Stop));
    }

    private string Answer()
    {
        var answer = _out.ToString().Trim();
        _out.GetStringBuilder().Clear();
        return answer;
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLine.RunAsync(
        [.. Settings(), "keys", "reencrypt", .. arguments],
        new CommandConsole(_out, _error, () => _answers.TryDequeue(out var answer) ? answer : null));

    private IEnumerable<string> Settings() => _settings
        .Append(KeyValuePair.Create("Signet:DataFolder", (string?)_host.Folder))
        .Append(KeyValuePair.Create("Keys:Algorithm", (string?)"ES256"))
        .Select(setting => $"--{setting.Key}={setting.Value}");
}
