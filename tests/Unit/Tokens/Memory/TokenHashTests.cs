using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Tokens.Memory;

namespace Dashboard.Tests.Unit.Tokens.Memory;

public sealed class TokenHashTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_364)]
    [InlineData(1_365)]
    [InlineData(1_366)]
    [InlineData(100_000)]
    public void Of_is_the_whole_sha_256_at_any_length(int length)
    {
        var text = new string('a', length);
        var expected = MemoryMarshal.Cast<byte, ulong>(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(new TokenHash(expected[0], expected[1], expected[2], expected[3]), TokenHash.Of(text));
        Assert.NotEqual(TokenHash.Of(text + "b"), TokenHash.Of(text + "c"));
    }
}
