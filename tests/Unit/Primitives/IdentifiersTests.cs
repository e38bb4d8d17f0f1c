using System.Buffers.Text;
using Dashboard.Core.Primitives;

namespace Dashboard.Tests.Unit.Primitives;

public sealed class IdentifiersTests
{
    [Fact]
    public void New_id_has_128_bits_and_new_secret_256()
    {
        Assert.Equal(16, Base64Url.DecodeFromChars(Identifiers.NewId()).Length);
        Assert.Equal(32, Base64Url.DecodeFromChars(Identifiers.NewSecret()).Length);
    }

    [Fact]
    public void New_request_id_can_be_read_aloud() => Assert.Matches("^req_[0-9a-hjkmnp-tv-z]{16}$", Identifiers.NewRequestId());

    [Fact]
    public void Ids_never_repeat() =>
        Assert.Equal(100_000, Enumerable.Range(0, 100_000).Select(_ => Identifiers.NewId()).Distinct(StringComparer.Ordinal).Count());
}
