using Dashboard.Core.Operators.Passwords;
using Dashboard.SignIn;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.SignIn;

public sealed class PasswordHashingTests
{
    [Theory]
    [InlineData("quiet lantern over water")]
    [InlineData("with a NUL \0 inside")]
    [InlineData(" spaces around ")]
    public void Verify_takes_every_character(string password)
    {
        var hashing = With(220_000);
        var hash = hashing.Hash(password);

        Assert.Equal(PasswordMatch.Yes, hashing.Verify(hash, password));
        Assert.Equal(PasswordMatch.No, hashing.Verify(hash, password + " "));
        Assert.Equal(PasswordMatch.No, hashing.Verify(hash, password[..^1]));
    }

    [Fact]
    public void Verify_of_a_cheaper_hash_says_so()
    {
        var hash = With(220_000).Hash("quiet lantern over water");

        Assert.Equal(PasswordMatch.YesButOutdated, With(250_000).Verify(hash, "quiet lantern over water"));
        Assert.NotEqual(hash, With(220_000).Hash("quiet lantern over water"));
    }

    private static PasswordHashing With(int iterations) =>
        new(Options.Create(new Dashboard.Core.Operators.Passwords.PasswordOptions { Iterations = iterations }));
}
