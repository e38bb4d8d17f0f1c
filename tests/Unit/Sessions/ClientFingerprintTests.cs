using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Tests.Unit.Sessions;

public sealed class ClientFingerprintTests
{
    [Theory]
    [InlineData("0123456789abcdef", true)]
    [InlineData("AZaz09._~+/=-AZaz09", true)]
    [InlineData("0123456789abcde", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("0123456789abcdef,0123456789abcdef", false)]
    [InlineData("0123456789abcdef ", false)]
    [InlineData("0123456789abcdef\n", false)]
    [InlineData("0123456789äbcdefgh", false)]
    [InlineData("0123456789:abcdefgh", false)]
    public void Valid_is_what_a_session_can_be_bound_to(string? value, bool isValid) =>
        Assert.Equal(isValid, ClientFingerprint.IsValid(value));

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Valid_has_a_longest(int length, bool isValid) =>
        Assert.Equal(isValid, ClientFingerprint.IsValid(new string('a', length)));
}
