using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Keys.Uses;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys.Uses;

public sealed class KeyUsesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_issued_and_accepted_counts_for_the_key_that_signed_it()
    {
        await using var host = await CoreHost.StartAsync();
        var old = host.Get<KeyRing>().Current.KeyId;
        var (issued, _) = (await host.IssueAsync(), await host.IssueAsync());
        var signedAt = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, false, "due"), TokenBuilder.Somebody, Stop);

        // The second time its signature is known.
        Assert.Null(await host.CodeAsync(issued.Token));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await host.CodeAsync(issued.Token));
        await host.Get<KeyUses>().WriteAsync(Stop);

        var uses = await host.Get<KeyUses>().ReadAsync(Stop);
        Assert.Equal(new KeyUse(2, host.Clock.GetUtcNow()) { LastSignedAt = signedAt }, uses[old]);
        Assert.DoesNotContain(host.Get<KeyRing>().Current.KeyId, uses);
    }

    [Fact]
    public async Task What_is_refused_counts_for_nothing()
    {
        await using var host = await CoreHost.StartAsync();
        var issued = await host.IssueAsync();
        host.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal("TOKEN_EXPIRED", await host.CodeAsync(issued.Token));
        await host.Get<KeyUses>().WriteAsync(Stop);

        Assert.Null((await host.Get<KeyUses>().ReadAsync(Stop))[host.Get<KeyRing>().Current.KeyId].LastVerifiedAt);
    }

    [Fact]
    public async Task Uses_wait_for_a_store_that_cannot_be_written()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var uses = host.Get<KeyUses>();
        uses.RecordSigned("k-1");
        uses.RecordVerified("k-1");
        var at = host.Clock.GetUtcNow();
        host.Tamper("ALTER TABLE key_uses RENAME TO lost;");

        await uses.WriteAsync(Stop);
        uses.RecordSigned("k-1");
        host.Tamper("ALTER TABLE lost RENAME TO key_uses;");
        await uses.WriteAsync(Stop);

        Assert.Equal(new KeyUse(2, at) { LastSignedAt = at }, (await uses.ReadAsync(Stop))["k-1"]);
    }

    [Fact]
    public async Task Uses_of_many_at_once_while_they_are_written_are_all_counted()
    {
        await using var host = await CoreHost.StartAsync();
        var uses = host.Get<KeyUses>();
        var signing = Enumerable.Range(0, 4).Select(_ => Task.Run(
            () =>
            {
                for (var count = 0; count < 20_000; count++)
                {
                    uses.RecordSigned("k-1");
                }
            },
            Stop)).ToList();

        while (!signing.TrueForAll(task => task.IsCompleted))
        {
            await uses.WriteAsync(Stop);
        }

        await uses.WriteAsync(Stop);
        Assert.Equal(80_000, (await uses.ReadAsync(Stop))["k-1"].Issued);
    }

    [Fact]
    public async Task Stopping_writes_what_waits()
    {
        await using var host = await CoreHost.StartAsync();
        await host.Get<KeyUses>().StartAsync(Stop);
        host.Get<KeyUses>().RecordSigned("k-1");

        await host.Get<KeyUses>().StopAsync(Stop);

        Assert.Equal(1, (await host.Get<KeyUses>().ReadAsync(Stop))["k-1"].Issued);
    }
}
