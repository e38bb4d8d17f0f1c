using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Tokens.Refresh;

namespace Dashboard.Tests.Unit.Tokens.Refresh;

public sealed class SealedSuccessorTests
{
    [Fact]
    public void Only_the_token_before_opens_it()
    {
        var box = SealedSuccessor.Seal("the-token", "its-successor");

        Assert.Equal("its-successor", SealedSuccessor.Open("the-token", box));
        Assert.ThrowsAny<CryptographicException>(() => SealedSuccessor.Open("the-tokeN", box));
        Assert.DoesNotContain("successor", Encoding.Latin1.GetString(box), StringComparison.Ordinal);
        Assert.NotEqual(box, SealedSuccessor.Seal("the-token", "its-successor"));
    }
}
