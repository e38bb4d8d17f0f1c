using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Data.Sqlite;

namespace Dashboard.Tests.Unit.Audit;

/// <summary>Whatever is done to the log behind Signet's back is found, with the number of the entry.</summary>
public sealed class AuditChainTests
{
    private const string Unlock = "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted; DROP TRIGGER audit_head_never_goes_back;";
    private const string Forget = "UPDATE audit_head SET (number, at, hash) = (SELECT number, at, hash FROM audit ORDER BY number DESC LIMIT 1);";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_an_untouched_log_is_intact_also_after_a_restart()
    {
        await using var host = await FilledAsync(20);
        Assert.True((await VerifyAsync(host)).Intact);

        await host.ReopenAsync();
        await RecordAsync(host, "after the restart");

        var found = await VerifyAsync(host);
        Assert.True(found.Intact);
        Assert.Equal(22, found.Verified);
    }

    [Theory]
    [InlineData("UPDATE audit SET reason = 'nothing happened' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET who = 'somebody else' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET at = at + 1 WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET role = 'administrator' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET ip = '192.0.2.9' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET session = NULL WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET action = 'report.shared' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET object_kind = 'reports' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET object_id = 'r-2' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET before = '{}' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET after = '{}' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET previous_hash = zeroblob(32) WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET at = 900000000000000000 WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET at = 'yesterday' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET at = zeroblob(8) WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET who = x'ff00ff' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET hash = 'x' WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET previous_hash = 7 WHERE number = 7;", 7)]
    [InlineData("UPDATE audit SET before = 1.5 WHERE number = 21;", 21)]
    [InlineData("UPDATE audit SET reason = '' WHERE number = 21;", 21)]
    [InlineData("DELETE FROM audit WHERE number = 21;", 21)]
    [InlineData("DELETE FROM audit WHERE number > 15;", 16)]
    [InlineData("INSERT INTO audit SELECT 22, at, who, role, ip, session, action, object_kind, object_id, reason, before, after, hash, hash FROM audit WHERE number = 21;", 22)]
    [InlineData("UPDATE audit SET number = number + 1000 WHERE number >= 7; UPDATE audit SET number = number - 999 WHERE number > 1000; INSERT INTO audit SELECT 7, at, who, role, ip, session, action, object_kind, object_id, reason, before, after, previous_hash, hash FROM audit WHERE number = 6;", 7)]
    [InlineData("UPDATE audit SET after = NULL, before = after WHERE number = 3;", 3)]
    [InlineData("UPDATE audit SET hash = zeroblob(32) WHERE number = 7;", 7)]
    [InlineData("DELETE FROM audit WHERE number = 7;", 7)]
    [InlineData("DELETE FROM audit WHERE number = 1;", 1)]
    [InlineData("UPDATE audit SET number = 1000 WHERE number = 7; UPDATE audit SET number = 7 WHERE number = 8; UPDATE audit SET number = 8 WHERE number = 1000;", 7)]
    [InlineData("DELETE FROM audit WHERE number = 7; UPDATE audit SET number = number - 1 WHERE number > 7;", 7)]
    public async Task Verify_names_the_first_entry_that_was_tampered_with(string tampering, long firstBroken)
    {
        await using var host = await FilledAsync(20);
        host.Tamper(Unlock + tampering);

        var found = await VerifyAsync(host);

        Assert.False(found.Intact);
        Assert.Equal(firstBroken, found.FirstBroken);
        Assert.NotNull(found.Fault);
    }

    [Fact]
    public async Task Verify_finds_the_newest_gone_also_after_more_was_added()
    {
        await using var host = await FilledAsync(20);
        host.Tamper($"{Unlock} DELETE FROM audit WHERE number > 15;");

        await RecordAsync(host, "after the deletion");
        var found = await VerifyAsync(host);

        Assert.Equal((false, 16), (found.Intact, found.FirstBroken));
        Assert.Equal(22, (await host.Get<AuditLog>().FindNewestAsync(Stop))!.Number);
    }

    [Fact]
    public async Task Verify_where_the_store_was_made_to_forget_the_newest_needs_a_checkpoint()
    {
        await using var host = await FilledAsync(20);
        var checkpoint = await host.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop);
        var head = host.Get<AuditCheckpoints>().Open(checkpoint.Text);
        Assert.NotNull(head);
        Assert.True((await host.Get<AuditLog>().VerifyAsync(head, Stop)).Intact);

        host.Tamper($"{Unlock} DELETE FROM audit WHERE number > 15; {Forget}");

        Assert.True((await VerifyAsync(host)).Intact);
        var found = await host.Get<AuditLog>().VerifyAsync(head, Stop);
        Assert.Equal((false, 16), (found.Intact, found.FirstBroken));

        // And when the log has grown beyond it again.
        for (var number = 0; number < 10; number++)
        {
            await RecordAsync(host, "afterwards");
        }

        found = await host.Get<AuditLog>().VerifyAsync(head, Stop);
        Assert.Equal((false, head.Number), (found.Intact, found.FirstBroken));
    }

    [Fact]
    public async Task Verify_tells_how_far_it_has_come()
    {
        await using var host = await FilledAsync(20);
        List<long> told = [];

        await host.Get<AuditLog>().VerifyAsync([], new Told(told), Stop);

        Assert.Equal([21], told);
    }

    [Fact]
    public async Task Entry_says_what_is_wrong_with_it()
    {
        await using var host = await FilledAsync(20);
        host.Tamper($"{Unlock} UPDATE audit SET who = 'somebody else' WHERE number = 7; DELETE FROM audit WHERE number = 12;");
        var log = host.Get<AuditLog>();

        Assert.Null((await log.FindAsync(1, Stop))!.Fault);
        Assert.Null((await log.FindAsync(6, Stop))!.Fault);
        Assert.Equal("The entry was changed after it was written.", (await log.FindAsync(7, Stop))!.Fault);
        Assert.Null(await log.FindAsync(12, Stop));
        Assert.Equal((true, false), ((await log.FindAsync(20, Stop))!.HasNext, (await log.FindAsync(21, Stop))!.HasNext));
        Assert.NotNull((await log.FindAsync(13, Stop))!.Fault);
        Assert.Null(await log.FindAsync(0, Stop));
        Assert.Null(await log.FindAsync(22, Stop));
    }

    [Fact]
    public async Task Entry_behind_one_that_was_deleted_says_that_and_whether_it_was_changed_itself()
    {
        await using var host = await FilledAsync(20);
        host.Tamper($"{Unlock} DELETE FROM audit WHERE number IN (1, 12, 15); UPDATE audit SET who = 'somebody else' WHERE number = 16;");
        var log = host.Get<AuditLog>();

        foreach (var number in new[] { 2, 13 })
        {
            var view = (await log.FindAsync(number, Stop))!;
            Assert.Equal(("The entry before it is missing.", true), (view.Fault, view.LacksOnlyBefore));
        }

        var changed = (await log.FindAsync(16, Stop))!;
        Assert.Equal(("The entry was changed after it was written.", false), (changed.Fault, changed.LacksOnlyBefore));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.AAAA.3.unknown-key.AAAA")]
    public async Task Open_a_checkpoint_that_no_key_of_ours_signed_is_null(string text)
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);

        Assert.Null(host.Get<AuditCheckpoints>().Open(text));
    }

    [Fact]
    public async Task Open_a_checkpoint_survives_rotation_but_not_alteration()
    {
        await using var host = await FilledAsync(3);
        var checkpoint = await host.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop);
        await host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "a test"), TokenBuilder.Somebody, Stop);

        Assert.NotNull(host.Get<AuditCheckpoints>().Open(checkpoint.Text));
        Assert.Null(host.Get<AuditCheckpoints>().Open("9" + checkpoint.Text));
    }

    [Theory]
    [InlineData("UPDATE audit SET reason = 'x' WHERE number = 1;")]
    [InlineData("DELETE FROM audit WHERE number = 1;")]
    [InlineData("UPDATE audit_head SET number = 0;")]
    [InlineData("DELETE FROM audit_head;")]
    public async Task The_database_itself_refuses_to_change_an_entry(string sql)
    {
        await using var host = await FilledAsync(1);

        var refused = Assert.Throws<SqliteException>(() => host.Tamper(sql));

        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Minting_and_rotating_leave_their_entries()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var issued = await host.IssueAsync(TokenBuilder.Request() with { Audited = true });
        await host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "quarterly"), TokenBuilder.Somebody, Stop);

        var entries = (await host.Get<AuditLog>().ListAsync(new AuditFilter(TokenBuilder.Somebody.Name), null, 10, Stop)).Items;

        Assert.Equal(["keys.rotated", "token.minted"], entries.Select(entry => entry.Entry.Action));
        Assert.Equal(issued.TokenId, entries[1].Entry.ObjectId);
        Assert.Equal("quarterly", entries[0].Entry.Reason);
        Assert.DoesNotContain(issued.Token[^30..], entries[1].Entry.After, StringComparison.Ordinal);
    }

    private sealed class Told(List<long> told) : IProgress<long>
    {
        public void Report(long value) => told.Add(value);
    }

    private static async Task<CoreHost> FilledAsync(int entries)
    {
        // The first start has recorded the making of its keys.
        var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        for (var number = 1; number < entries; number++)
        {
            await RecordAsync(host, $"reason {number}");
        }

        if (entries > 1)
        {
            await RecordAsync(host, "the last one");
        }

        return host;
    }

    private static Task RecordAsync(CoreHost host, string reason) => host.Get<AuditLog>().RecordReadAsync(
        new AuditEntry(TokenBuilder.Somebody, "report.read", "report", "r-1", reason, Before: null, After: """{"a":"b"}"""), Stop);

    private static Task<AuditVerification> VerifyAsync(CoreHost host) => host.Get<AuditLog>().VerifyAsync(null, Stop);
}
