using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Keys;
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
}
