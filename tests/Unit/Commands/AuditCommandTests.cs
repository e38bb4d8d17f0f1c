using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Live;
using Dashboard.Core.Storage.Redis;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>The audit log from the command line.</summary>
public sealed class AuditCommandTests : IAsyncLifetime
{
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Me => $"cli:{Environment.UserName}";

    public async ValueTask InitializeAsync()
    {
        _runner = await CommandRunner.StartAsync();
        foreach (var reason in new[] { "one", "two", "three" })
        {
            await _runner.Host.Get<AuditLog>().RecordReadAsync(
                new AuditEntry(TokenBuilder.Somebody, "report.read", "report", "r-1", reason, After: """{"a":"b"}"""), Stop);
        }
    }

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task Entries_are_listed_in_pages_and_shown_and_that_is_recorded()
    {
        var first = await _runner.ReadAsync("audit", "list", "--action", "report.read", "--limit", "2");
        var second = await _runner.ReadAsync(
            "audit", "list", "--action", "report.read", "--limit", "2", "--cursor", first.GetProperty("next_cursor").GetString()!);
        var number = second.GetProperty("items")[0].GetProperty("number").GetInt64();
        var shown = await _runner.ReadAsync("audit", "show", $"{number}");
        Assert.Equal(0, await _runner.RunAsync("audit", "list", "--q", "thr"));

        Assert.Equal(["three", "two", "one"], ReasonsOf(first).Concat(ReasonsOf(second)));
        Assert.Equal("b", shown.GetProperty("entry").GetProperty("after").GetProperty("a").GetString());
        Assert.Matches("cli:alice +report.read +report +r-1 +three", _runner.Answer());
        var reads = (await _runner.Host.Get<AuditLog>().ListAsync(new AuditFilter(Me, "audit.read"), null, 10, Stop)).Items;
        Assert.Equal(4, reads.Count);
        Assert.Contains($"#{number}", reads[1].Entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_server_notices_what_a_command_recorded()
    {
        await using var changes = _runner.Host.Get<IChangeFeed>().ReadAsync(ChangeKind.Audit, Stop).GetAsyncEnumerator(Stop);
        var change = changes.MoveNextAsync().AsTask();
        await _runner.Host.StartHostedAsync();
        if (StoreKinds.Default["Storage:Kind"] is "redis")
        {
            // What it may have missed before it listened: told once, so that whoever asks later waits for ever.
            Assert.True(await change);
            change = changes.MoveNextAsync().AsTask();
        }

        await _runner.ReadAsync("audit", "checkpoint");

        await Eventually.TrueAsync(() =>
        {
            _runner.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            return change.IsCompleted;
        });
        Assert.True(await change);
        Assert.True(changes.Current.IsFromElsewhere);
        await _runner.Host.StopHostedAsync();
    }

    [Fact]
    public async Task A_whole_log_is_verified_against_a_checkpoint_that_was_kept_elsewhere()
    {
        Assert.Equal(0, await _runner.RunAsync("audit", "checkpoint"));
        var checkpoint = _runner.Answer();
        var file = Path.Combine(_runner.Host.Folder, "kept.txt");
        await File.WriteAllTextAsync(file, $"2030-01-01T12:00:00Z {checkpoint}\n", Stop);

        var byText = await _runner.ReadAsync("audit", "verify", "--checkpoint", checkpoint);
        var byFile = await _runner.ReadAsync("audit", "verify", "--checkpoint", file);
        Assert.Equal(0, await _runner.RunAsync("audit", "verify"));

        Assert.NotNull(_runner.Host.Get<AuditCheckpoints>().Open(checkpoint));
        Assert.True(byText.GetProperty("intact").GetBoolean());
        Assert.Equal(2, byFile.GetProperty("checkpoints").GetInt32());
        Assert.Contains("are in place and unchanged", _runner.Answer(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_entry_is_named_and_the_answer_is_no()
    {
        await TamperAsync(2);

        Assert.Equal(1, await _runner.RunAsync("audit", "verify", "--json"));
        var found = JsonSerializer.Deserialize<JsonElement>(_runner.Answer());
        Assert.Equal(1, await _runner.RunAsync("audit", "verify"));

        Assert.False(found.GetProperty("intact").GetBoolean());
        Assert.Equal(2, found.GetProperty("first_broken").GetInt64());
        Assert.Contains("entry 2 is not", _runner.Answer(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_has_every_entry_and_is_recorded_with_its_reason()
    {
        Assert.Equal(0, await _runner.RunAsync("audit", "export", "--action", "report.read", "--reason", "for the auditor"));
        var csv = _runner.Answer().Split('\n');
        Assert.Equal(0, await _runner.RunAsync("audit", "export", "--action", "report.read", "--json"));
        var lines = _runner.Answer().Split('\n');

        Assert.StartsWith("number,at,who", csv[0], StringComparison.Ordinal);
        Assert.Equal(4, csv.Length);
        Assert.Equal(["three", "two", "one"], lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("reason").GetString()));
        var entry = (await _runner.Host.Get<AuditLog>().ListAsync(new AuditFilter(Me, "audit.exported"), null, 10, Stop)).Items[^1].Entry;
        Assert.Equal("for the auditor", entry.Reason);
        Assert.Contains("report.read", entry.After, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "from must be a date", "list", "--from", "yesterday")]
    [InlineData(2, "cursor is not one", "list", "--cursor", "x")]
    [InlineData(1, "no entry with this number", "show", "999999")]
    [InlineData(2, "'first'", "show", "first")]
    [InlineData(2, "not signed by a key of this Signet", "verify", "--checkpoint", "1.AAAA.1.nobody.AAAA")]
    [InlineData(2, "The file /proc/self/mem cannot be read", "verify", "--checkpoint", "/proc/self/mem")]
    [InlineData(2, "'xlsx'", "export", "--format", "xlsx")]
    [InlineData(2, "before must be a date", "export", "--before", "tomorrow")]
    [InlineData(3, "no ", "checkpoint", "--Signet:DataFolder=/nowhere/at/all", "--Storage:RedisPrefix=nowhere")]
    public async Task What_cannot_be_done_ends_with_its_code_and_says_why(int code, string fault, params string[] arguments)
    {
        Assert.Equal(code, await _runner.RunAsync(["audit", .. arguments]));

        Assert.Contains(fault, _runner.Said, StringComparison.Ordinal);
        Assert.Equal("", _runner.Answer());
    }

    private static IEnumerable<string?> ReasonsOf(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("reason").GetString());

    private async Task TamperAsync(long number)
    {
        if (StoreKinds.Default["Storage:Kind"] is "sqlite")
        {
            _runner.Host.Tamper($"DROP TRIGGER audit_is_never_changed; UPDATE audit SET reason = 'other' WHERE number = {number};");
            return;
        }

        var redis = _runner.Host.Get<RedisDatabase>();
        var members = JsonSerializer.Deserialize<string?[]>(
            ((byte[]?)await redis.RunAsync(server => server.HashGetAsync(redis.Keys.AuditEntries, number), Stop))!)!;
        members[11] = "other";
        await redis.RunAsync(
            server => server.HashSetAsync(redis.Keys.AuditEntries, number, JsonSerializer.SerializeToUtf8Bytes(members)), Stop);
    }
}
