using Dashboard.Core.Storage.Redis;

namespace Dashboard.Tests.Unit.Storage;

public sealed class ScriptKindsTests
{
    [Theory]
    [InlineData("return redis.call('GET', KEYS[1])", true)]
    [InlineData("local found = redis.call('ZRANGE', KEYS[1], 0, -1) return redis.call('HMGET', KEYS[2], unpack(found))", true)]
    [InlineData("return redis.call('GET', KEYS[1]) or redis.call('SET', KEYS[1], ARGV[1])", false)]
    [InlineData("return redis.call(ARGV[1], KEYS[1])", false)]
    [InlineData("return redis.pcall('UNLINK', KEYS[1])", false)]
    public void Only_what_calls_readers_alone_only_reads(string script, bool onlyReads) =>
        Assert.Equal(onlyReads, ScriptKinds.OnlyReads(script));
}
