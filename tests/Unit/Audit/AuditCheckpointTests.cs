using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Storage.Leadership;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Audit;

public sealed class AuditCheckpointTests
{
    [Fact]
    public async Task Open_a_checkpoint_with_any_one_character_changed_is_null_and_never_fails()
    {
        await using var host = await CoreHost.StartAsync();
        var checkpoints = host.Get<AuditCheckpoints>();
        var text = (await checkpoints.TakeAsync(TokenBuilder.Somebody, TestContext.Current.CancellationToken)).Text;

        for (var index = 0; index < text.Length; index++)
        {
            foreach (var other in "AB9_-. =\0é")
            {
                if (other != text[index])
                {
                    var changed = $"{text[..index]}{other}{text[(index + 1)..]}";
                    Assert.True(checkpoints.Open(changed) is null, $"Opened with '{other}' at {index}.");
                }
            }
        }
    }

    [Fact]
    public async Task Open_a_token_is_null()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await host.IssueAsync();
        var kid = host.Get<KeyRing>().Current.KeyId;

        Assert.Null(host.Get<AuditCheckpoints>().Open(issued.Token));
        Assert.Null(host.Get<AuditCheckpoints>().Open($"1.AAAA.2.{kid}.{ForgedToken.SignatureOf(issued.Token)}"));
    }

    [Fact]
    public async Task Leader_takes_one_by_itself_in_its_time_and_writes_it_down()
    {
        await using var host = await CoreHost.StartAsync(hosted: true);
        var checkpoints = host.Get<AuditCheckpoints>();

        await Eventually.TrueAsync(async () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(30));
            return await checkpoints.ListAsync(null, 10, Stop) is not [];
        });

        var taken = Assert.Single(await checkpoints.ListAsync(null, 10, Stop));
        Assert.NotNull(checkpoints.Open(taken.Text));
        await Eventually.TrueAsync(async () =>
            File.Exists(FileOf(host)) && (await File.ReadAllTextAsync(FileOf(host), Stop)).TrimEnd().EndsWith(taken.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task None_is_taken_where_the_interval_is_zero()
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Audit:CheckpointInterval"] = "00:00:00" }, hosted: true);

        host.Clock.Advance(TimeSpan.FromHours(3));
        Assert.NotNull(await host.Get<LeaderElection>().FindTermAsync(Stop));

        Assert.Empty(await host.Get<AuditCheckpoints>().ListAsync(null, 10, Stop));
    }

    [Fact]
    public async Task Those_of_keys_that_were_rotated_away_and_retired_are_trusted_and_those_of_revoked_ones_are_not()
    {
        await using var host = await CoreHost.StartAsync();
        var checkpoints = host.Get<AuditCheckpoints>();
        var first = host.Get<KeyRing>().Current.KeyId;
        var byFirst = await checkpoints.TakeAsync(TokenBuilder.Somebody, Stop);
        await RotateAsync(host, revokes: false);
        var bySecond = await checkpoints.TakeAsync(TokenBuilder.Somebody, Stop);
        await RotateAsync(host, revokes: false);
        Assert.IsType<KeyRetirementOutcome.Retired>(await host.Get<KeyRetirement>().RetireAsync(first, "old", TokenBuilder.Somebody, Stop));
        Assert.NotNull(checkpoints.Open(byFirst.Text));

        await checkpoints.TakeAsync(TokenBuilder.Somebody, Stop);
        await RotateAsync(host, revokes: true);

        Assert.NotNull(checkpoints.Open(bySecond.Text));
        var proof = (await host.Get<AuditVerifier>().VerifyAsync(TokenBuilder.Somebody, null, Stop))!;
        Assert.True(proof.Found.Intact);
        Assert.Equal((2, 1, bySecond.Head.Number), (proof.Basis.Checkpoints, proof.Basis.Unusable, proof.Basis.AttestedTo));
    }

    [Fact]
    public async Task Lines_of_the_file_are_those_of_the_store()
    {
        await using var host = await CoreHost.StartAsync();
        var taken = new[]
        {
            await host.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop), await host.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop),
        };

        var lines = await File.ReadAllLinesAsync(FileOf(host), Stop);

        Assert.Equal(taken.Select(checkpoint => checkpoint.Text), lines.Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task File_that_cannot_be_written_keeps_no_checkpoint_from_being_taken()
    {
        await using var host = await CoreHost.StartAsync();
        Directory.CreateDirectory(FileOf(host));

        var taken = await host.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop);

        Assert.Equal(taken.Text, Assert.Single(await host.Get<AuditCheckpoints>().ListAsync(null, 10, Stop)).Text);
    }

    [Fact]
    public async Task Nobody_takes_one_who_may_not_read_the_log()
    {
        await using var host = await CoreHost.StartAsync();

        await Assert.ThrowsAsync<AccessRefusedException>(
            () => host.Get<AuditCheckpoints>().TakeAsync(new Actor("sue", Roles.Support), Stop));

        Assert.Empty(await host.Get<AuditCheckpoints>().ListAsync(null, 10, Stop));
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_passed_over()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var taken = await host.Get<AuditCheckpoints>().TakeAsync(TokenBuilder.Somebody, Stop);
        host.Tamper("INSERT INTO audit_checkpoints VALUES (500, 'x', x'ff', x'00ff'), (501, 9223372036854775807, 1, 2.5);");

        Assert.Equal(taken.Text, (await host.Get<AuditCheckpoints>().FindTrustedAsync(Stop))!.Text);
        Assert.Equal([501, 500, taken.Head.Number], (await host.Get<AuditCheckpoints>().ListAsync(null, 10, Stop)).Select(row => row.Head.Number));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string FileOf(CoreHost host) => Path.Combine(host.Folder, "audit-checkpoints.log");

    private static async Task RotateAsync(CoreHost host, bool revokes) => Assert.IsType<KeyRotationOutcome.Rotated>(
        await host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, revokes, "a test"), TokenBuilder.Somebody, Stop));
}
