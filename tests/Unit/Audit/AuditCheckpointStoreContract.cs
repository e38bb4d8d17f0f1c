using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
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

    private Task RecordAsync() => Host.Get<AuditLog>().RecordReadAsync(new AuditEntry(TokenBuilder.Somebody, "a.b", "thing", "1"), Stop);
}

public sealed class SqliteAuditCheckpointStoreTests() : AuditCheckpointStoreContract(StoreKinds.Sqlite);

public sealed class RedisAuditCheckpointStoreTests(RedisServer redis) : AuditCheckpointStoreContract(redis.Settings());
