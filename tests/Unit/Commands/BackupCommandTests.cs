using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>The commands as they are typed, beside a server and without one.</summary>
public sealed class BackupCommandTests : IAsyncLifetime
{
    private const string Passphrase = "correct horse battery staple";

    private CommandRunner _commands = null!;
    private string _file = null!;
    private string _identity = null!;
    private string _recipient = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _commands = await CommandRunner.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["SIGNET_MASTER_KEY"] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" });
        var folder = Path.GetDirectoryName(_commands.Host.Folder)!;
        (_file, _identity, _recipient) = (Path.Combine(folder, "b.signet"), Path.Combine(folder, "key.pem"), Path.Combine(folder, "pub.pem"));
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(_identity, key.ExportECPrivateKeyPem(), Stop);
        await File.WriteAllTextAsync(_recipient, key.ExportSubjectPublicKeyInfoPem(), Stop);
    }

    public ValueTask DisposeAsync() => _commands.DisposeAsync();

    [Fact]
    public async Task A_backup_is_made_beside_the_server_and_proven_with_its_passphrase()
    {
        await _commands.Host.IssueAsync();

        var made = await _commands.ReadAsync("backup", _file, "--passphrase", Passphrase);
        var head = await _commands.ReadAsync("backup", "show", _file);
        var shown = await _commands.ReadAsync("backup", "show", _file, "--passphrase", Passphrase);

        Assert.Equal(made.GetProperty("backup").GetString(), head.GetProperty("id").GetString());
        Assert.Equal(("unproven", "passphrase"), (head.GetProperty("status").GetString(), head.GetProperty("protection").GetString()));
        Assert.False(head.TryGetProperty("tables", out _));
        Assert.Equal("proven", shown.GetProperty("status").GetString());
        Assert.Equal(1, RowsOf(shown, "ledger"));
        Assert.Equal("store.backed_up", (await _commands.Host.Get<AuditLog>().FindNewestAsync(Stop))!.Entry.Action);
        Assert.StartsWith("cli:", (await _commands.Host.Get<AuditLog>().FindNewestAsync(Stop))!.Entry.Who.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passphrase_is_needed_long_enough_and_right()
    {
        Assert.Equal(2, await _commands.RunUnattendedAsync("backup", _file));
        Assert.Contains("SIGNET_BACKUP_PASSPHRASE", _commands.Said, StringComparison.Ordinal);
        Assert.Equal(2, await _commands.RunAsync("backup", _file, "--passphrase", "short"));
        Assert.False(File.Exists(_file));

        Assert.Equal(0, await _commands.RunAsync("--SIGNET_BACKUP_PASSPHRASE=" + Passphrase, "backup", _file));
        Assert.Equal(1, await _commands.RunAsync("backup", "show", _file, "--passphrase", "something else entirely"));
        Assert.Equal(1, await _commands.RunAsync("backup", _file, "--passphrase", Passphrase));
        Assert.Contains("--force", _commands.Said, StringComparison.Ordinal);
        Assert.Equal(0, await _commands.RunAsync("backup", _file, "--passphrase", Passphrase, "--force"));
        Assert.DoesNotContain(Passphrase, _commands.Said + _commands.Answer(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_is_refused_while_the_store_is_in_use_or_not_empty_and_asks_before_it_clears()
    {
        await _commands.ReadAsync("backup", _file, "--recipient", _recipient);
        await _commands.Host.CloseAsync();

        Assert.Equal(1, await RestoreAsync());
        Assert.Contains("--clear", _commands.Said, StringComparison.Ordinal);
        _commands.Answers("no");
        Assert.Equal(1, await RestoreAsync("--clear"));
        Assert.Equal(2, await _commands.RunUnattendedAsync("restore", _file, "--identity", _identity, "--clear"));
        _commands.Answers("yes");
        Assert.Equal(0, await RestoreAsync("--clear"));
        Assert.Contains("are over", _commands.Answer(), StringComparison.Ordinal);
        await _commands.Host.ReopenAsync();
    }

    [Fact]
    public async Task A_server_that_runs_is_not_restored_under()
    {
        await using var commands = await CommandRunner.StartAsync(StoreKinds.Sqlite);
        await commands.ReadAsync("backup", _file, "--recipient", _recipient);

        Assert.Equal(3, await commands.RunAsync("restore", _file, "--identity", _identity, "--clear", "--yes"));
        Assert.Contains("already served", commands.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_proves_all_and_changes_nothing()
    {
        var issued = await _commands.Host.IssueAsync();
        await _commands.ReadAsync("backup", _file, "--recipient", _recipient);

        Assert.Equal(0, await RestoreAsync("--check"));
        var inTheWay = _commands.Answer();
        Assert.Contains("In the way of restoring it here: ", inTheWay, StringComparison.Ordinal);
        Assert.Contains("is not empty", inTheWay, StringComparison.Ordinal);
        Assert.Equal(0, await RestoreAsync(
            "--check",
            $"--Signet:DataFolder={Path.Combine(Path.GetDirectoryName(_file)!, "nothing")}",
            $"--Storage:RedisPrefix=test-{Guid.CreateVersion7():N}"));
        Assert.Contains("would be as they were: that has to be done again.", _commands.Answer(), StringComparison.Ordinal);
        Assert.Equal(0, await RestoreAsync("--check", "--keep-tokens", "--clear", "--Signet:Issuer=https://other.example.com"));
        Assert.Contains("Warning: The backup is of ", _commands.Answer(), StringComparison.Ordinal);
        var planned = await _commands.ReadAsync("restore", _file, "--identity", _identity, "--check", "--clear");
        Assert.Equal("planned", planned.GetProperty("status").GetString());
        Assert.Equal("ended", planned.GetProperty("tokens").GetString());
        Assert.Equal(0, planned.GetProperty("warnings").GetArrayLength());
        Assert.True(planned.GetProperty("deletes").GetInt64() > 0);
        Assert.Null(await _commands.Host.CodeAsync(issued.Token));

        var bytes = await File.ReadAllBytesAsync(_file, Stop);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(_file, bytes, Stop);
        Assert.Equal(1, await RestoreAsync("--check", "--json"));
        Assert.Equal("BACKUP_DAMAGED", JsonSerializer.Deserialize<JsonElement>(_commands.Answer()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Tokens_that_are_kept_are_warned_of_where_nobody_knows_what_was_revoked_since()
    {
        var issued = await _commands.Host.IssueAsync();
        await _commands.ReadAsync("backup", _file, "--recipient", _recipient);
        await _commands.Host.CloseAsync();

        Assert.Equal(0, await RestoreAsync("--clear", "--yes", "--keep-tokens"));
        Assert.DoesNotContain("the backup does not know of it", _commands.Said, StringComparison.Ordinal);
        var folder = Path.Combine(Path.GetDirectoryName(_file)!, "lost");
        Assert.Equal(0, await RestoreAsync("--keep-tokens", $"--Signet:DataFolder={folder}", $"--Storage:RedisPrefix=test-{Guid.CreateVersion7():N}"));
        Assert.Contains("the backup does not know of it", _commands.Said, StringComparison.Ordinal);
        await _commands.Host.ReopenAsync();
        Assert.Null(await _commands.Host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task What_to_know_is_said_before_the_question_and_to_scripts_in_the_answer()
    {
        const string Elsewhere = "--Signet:Issuer=https://other.example.com";
        await _commands.ReadAsync("backup", _file, "--recipient", _recipient);
        await _commands.Host.CloseAsync();

        _commands.Answers("no");
        Assert.Equal(1, await RestoreAsync("--clear", Elsewhere));
        var said = _commands.Said;
        Assert.InRange(
            said.IndexOf("https://other.example.com: tokens of the one", StringComparison.Ordinal),
            0,
            said.IndexOf("They will be deleted and replaced", StringComparison.Ordinal));
        var planned = await _commands.ReadAsync("restore", _file, "--identity", _identity, "--clear", "--dry-run", Elsewhere);
        var done = await _commands.ReadAsync("restore", _file, "--identity", _identity, "--clear", "--yes", Elsewhere);

        Assert.Contains("https://other.example.com", planned.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(planned.GetProperty("warnings").GetRawText(), done.GetProperty("warnings").GetRawText());
        await _commands.Host.ReopenAsync();
    }

    private Task<int> RestoreAsync(params string[] options) => _commands.RunAsync(["restore", _file, "--identity", _identity, .. options]);

    private static long RowsOf(JsonElement answer, string table) => answer.GetProperty("tables").EnumerateArray()
        .Single(item => item.GetProperty("name").GetString() == table).GetProperty("rows").GetInt64();
}
