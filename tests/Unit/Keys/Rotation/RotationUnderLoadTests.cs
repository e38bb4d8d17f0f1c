using System.Collections.Concurrent;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys.Rotation;

/// <summary>Nobody's token is refused because keys change while it is used.</summary>
public abstract class RotationUnderLoadContract(IReadOnlyDictionary<string, string?> settings)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES256", "PS256")]
    [InlineData("ES256", "HS256")]
    public async Task Ten_rotations_while_tokens_are_issued_and_validated_fail_no_validation(params string[] algorithms)
    {
        await using var host = await CoreHost.StartAsync(settings
            .Concat(algorithms.Skip(1).Select((name, index) => KeyValuePair.Create($"Keys:OtherAlgorithms:{index}", (string?)name)))
            .ToDictionary(StringComparer.OrdinalIgnoreCase));
        var rings = algorithms.Select(name => Enum.Parse<KeyAlgorithm>(name)).ToList();
        var tokens = new ConcurrentQueue<string>();
        using var done = new CancellationTokenSource();
        var issuing = Enumerable.Range(0, 3).Select(number => Task.Run(() => IssueAsync(number), Stop)).ToList();
        var validating = Enumerable.Range(0, 3).Select(_ => Task.Run(ValidateAsync, Stop)).ToList();

        for (var rotation = 0; rotation < 10; rotation++)
        {
            var before = tokens.Count;
            Assert.IsType<KeyRotationOutcome.Rotated>(await host.Get<KeyRotation>().RotateAsync(
                new RotateKeys(rings[rotation % rings.Count], true, false, "a test"), TokenBuilder.Somebody, Stop));

            // Each key signs some before the next takes over.
            await Eventually.TrueAsync(() => tokens.Count > before + 5 || issuing.Exists(task => task.IsCompleted));
        }

        await done.CancelAsync();
        var issued = await Task.WhenAll(issuing);
        var validated = await Task.WhenAll(validating);
        Assert.All(issued, count => Assert.True(count > 0));
        Assert.True(validated.Sum() > issued.Sum() / 2);
        Assert.All(rings, algorithm => Assert.NotNull(host.Get<KeyRing>().CurrentOf(algorithm)));
        Assert.Equal(10, host.Get<KeyRing>().All.Count(key => key.State is KeyState.Previous));

        // Those of the first key, too, and those that nobody has looked at.
        foreach (var token in tokens)
        {
            Assert.Null(await host.CodeAsync(token));
        }

        async Task<int> IssueAsync(int number)
        {
            var count = 0;
            for (; !done.IsCancellationRequested; count++)
            {
                var token = (await host.IssueAsync(TokenBuilder.Request() with { Algorithm = rings[(number + count) % rings.Count] })).Token;
                Assert.Null(await host.CodeAsync(token));
                tokens.Enqueue(token);
            }

            return count;
        }

        async Task<int> ValidateAsync()
        {
            var count = 0;
            while (!done.IsCancellationRequested)
            {
                foreach (var token in tokens)
                {
                    Assert.Null(await host.CodeAsync(token));
                    count++;
                    if (done.IsCancellationRequested)
                    {
                        break;
                    }
                }

                await Task.Yield();
            }

            return count;
        }
    }
}

public sealed class SqliteRotationUnderLoadTests() : RotationUnderLoadContract(StoreKinds.Sqlite);

public sealed class RedisRotationUnderLoadTests(RedisServer redis) : RotationUnderLoadContract(redis.Settings());
