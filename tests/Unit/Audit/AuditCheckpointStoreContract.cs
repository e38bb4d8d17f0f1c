using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Audit;

/// <summary>What every store of checkpoints must do.</summary>
public abstract class AuditCheckpointStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private IAuditCheckpointStore Store => Host.Get<IAuditCheckpointStore>();

    private AuditCheckpoints Checkpoints => Host.Get<AuditCheckpoints>();

    [Fact]
    public async Task List_gives_the_newest_first_and_goes_on_behind_a_number()
    {
        List<AuditCheckpoint> taken = [];
        for (var number = 0; number < 5; number++)
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(1));
            taken.Add(await Checkpoints.TakeAsync(TokenBuilder.Somebody, Stop));
        }

        var first = await Checkpoints.ListAsync(null, 3, Stop);
        var rest = await Checkpoints.ListAsync(first[^1].Head.Number, 3, Stop);

        Assert.Equal(taken.Select(checkpoint => checkpoint.Text).Reverse(), first.Concat(rest).Select(checkpoint => checkpoint.Text));
        Assert.Equal(taken[^1].At, first[0].At);
        Assert.Equal((TokenBuilder.Somebody.Name, taken[^1].Head.Number), (first[0].By, first[0].Head.Number));
        Assert.Equal(taken[^1].Head.Hash, first[0].Head.Hash);
        Assert.Equal(taken[2].Text, (await Checkpoints.FindAsync(taken[2].Head.Number, Stop))!.Text);
        Assert.Null(await Checkpoints.FindAsync(taken[^1].Head.Number + 1, Stop));
    }

    [Fact]
    public async Task First_checkpoint_of_a_number_stays()
    {
        var taken = await Checkpoints.TakeAsync(TokenBuilder.Somebody, Stop);

        await Store.AddAsync(taken with { Text = "another", By = "somebody else" }, Stop);

        Assert.Equal(taken.Text, Assert.Single(await Checkpoints.ListAsync(null, 10, Stop)).Text);
    }

    [Fact]
    public async Task Due_is_one_where_the_log_has_grown_and_the_last_is_long_ago()
    {
        var hour = TimeSpan.FromHours(1);
        Assert.NotNull(await Checkpoints.TakeDueAsync(hour, Stop));
        Host.Clock.Advance(hour);
        Assert.Null(await Checkpoints.TakeDueAsync(hour, Stop));

        await RecordAsync();
        Assert.NotNull(await Checkpoints.TakeDueAsync(hour, Stop));

        await RecordAsync();
        Host.Clock.Advance(hour - TimeSpan.FromSeconds(1));
        Assert.Null(await Checkpoints.TakeDueAsync(hour, Stop));
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var taken = await Checkpoints.TakeDueAsync(hour, Stop);

        Assert.Equal((await Host.Get<AuditLog>().FindNewestAsync(Stop))!.Number, taken!.Head.Number);
        Assert.Equal(Actor.Signet.Name, taken.By);
        Assert.Equal(3, (await Checkpoints.ListAsync(null, 10, Stop)).Count);
    }

    [Fact]
    public async Task Rows_that_nobody_signed_keep_none_from_being_taken()
    {
        var hour = TimeSpan.FromHours(1);
        await Store.AddAsync(Junk(1_000_000) with { At = Host.Clock.GetUtcNow().AddYears(9) }, Stop);

        var first = await Checkpoints.TakeDueAsync(hour, Stop);
        Host.Clock.Advance(hour);
        await RecordAsync();
        var second = await Checkpoints.TakeDueAsync(hour, Stop);

        Assert.True(first is { IsTrusted: true } && second is { IsTrusted: true });
        Assert.Equal(
            [(1_000_000, false), (second.Head.Number, true), (first.Head.Number, true)],
            (await Checkpoints.ListAsync(null, 10, Stop)).Select(checkpoint => (checkpoint.Head.Number, checkpoint.IsTrusted)));
        Assert.Equal(second.Text, (await Checkpoints.FindTrustedAsync(Stop))!.Text);
    }

    [Fact]
    public async Task One_whose_place_was_taken_is_not_taken_again_and_again()
    {
        var head = await Host.Get<AuditLog>().ReadHeadAsync(Stop);
        await Store.AddAsync(Junk(head.Number), Stop);

        Assert.NotNull(await Checkpoints.TakeDueAsync(TimeSpan.FromHours(1), Stop));
        await RecordAsync();

        Assert.Null(await Checkpoints.TakeDueAsync(TimeSpan.FromHours(1), Stop));
    }

    [Fact]
    public async Task Statement_counts_in_its_own_place_alone_and_with_its_own_time()
    {
        var taken = await Checkpoints.TakeAsync(TokenBuilder.Somebody, Stop);
        var moved = taken with { Head = taken.Head with { Number = taken.Head.Number + 5 } };
        await Store.AddAsync(moved with { At = taken.At.AddYears(1) }, Stop);

        Assert.Equal(taken.Text, (await Checkpoints.FindTrustedAsync(Stop))!.Text);
        Assert.Equal([false, true], (await Checkpoints.ListAsync(null, 10, Stop)).Select(checkpoint => checkpoint.IsTrusted));
    }

    [Fact]
    public async Task Those_that_count_are_found_behind_any_number_of_others()
    {
        var taken = await Checkpoints.TakeAsync(TokenBuilder.Somebody, Stop);
        await Task.WhenAll(Enumerable.Range(1, 450).Select(index => Store.AddAsync(Junk(taken.Head.Number + index), Stop)));

        var proof = (await Host.Get<AuditVerifier>().VerifyAsync(new Actor("rita", Roles.Reviewer), null, Stop))!;

        Assert.Equal(taken.Text, (await Checkpoints.FindTrustedAsync(Stop))!.Text);
        Assert.Equal(new AuditBasis(taken.Head.Number, 1, 450), proof.Basis);
    }

    [Fact]
    public async Task List_goes_on_behind_the_first_so_many()
    {
        for (var number = 1; number <= 5; number++)
        {
            await Store.AddAsync(Junk(number), Stop);
        }

        Assert.Equal([3, 2], (await Store.ListAsync(5, 1, 2, Stop)).Select(checkpoint => checkpoint.Head.Number));
        Assert.Empty(await Store.ListAsync(long.MaxValue, 5, 2, Stop));
    }

    private static AuditCheckpoint Junk(long number) => new(new AuditHead(number, []), DateTimeOffset.UnixEpoch, "junk", "eve");

    private Task RecordAsync() => Host.Get<AuditLog>().RecordReadAsync(new AuditEntry(TokenBuilder.Somebody, "a.b", "thing", "1"), Stop);
}

public sealed class SqliteAuditCheckpointStoreTests() : AuditCheckpointStoreContract(StoreKinds.Sqlite);

public sealed class RedisAuditCheckpointStoreTests(RedisServer redis) : AuditCheckpointStoreContract(redis.Settings());
