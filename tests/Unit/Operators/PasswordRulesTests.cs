using Dashboard.Core.Operators.Passwords;

namespace Dashboard.Tests.Unit.Operators;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("eleven char", PasswordFault.TooShort)]
    [InlineData("twelve chars", null)]
    [InlineData("            ", PasswordFault.TooCommon)]
    [InlineData("password1234", PasswordFault.TooCommon)]
    [InlineData("Password1234!", PasswordFault.TooCommon)]
    [InlineData("aaaaaaaaaaaaaaaa", PasswordFault.TooCommon)]
    [InlineData("abcdabcdabcdabcd", PasswordFault.TooCommon)]
    [InlineData("qwertyuiopasdfgh", PasswordFault.TooCommon)]
    [InlineData("correct horse battery staple", PasswordFault.TooCommon)]
    [InlineData("my name is MARIA now", PasswordFault.ContainsUserName)]
    [InlineData("pässwörter mit ümläuten", null)]
    [InlineData("whole \ud83d\ude00 pair here", null)]
    [InlineData(" spaces count as well ", null)]
    public void Check_names_the_first_fault(string password, PasswordFault? fault) =>
        Assert.Equal(fault, PasswordRules.Check(password, "maria", isAlone: false));

    [Theory]
    [InlineData("fourteen chars", true, PasswordFault.TooShortAlone)]
    [InlineData("fourteen chars", false, null)]
    [InlineData("fifteen  chars ", true, null)]
    [InlineData("Signet-Signet-12", true, PasswordFault.TooCommon)]
    [InlineData("signetpassword1234", true, PasswordFault.TooCommon)]
    [InlineData("the signet on my finger", true, null)]
    public void A_password_that_is_all_there_is_is_longer_and_not_the_name_of_the_place(
        string password, bool isAlone, PasswordFault? fault) =>
        Assert.Equal(fault, PasswordRules.Check(password, "maria", isAlone));

    // No test data: an attribute cannot hold half of a pair.
    [Fact]
    public void Check_refuses_half_of_a_pair() =>
        Assert.Equal(PasswordFault.NotText, PasswordRules.Check("half of a pair " + (char)0xD83D, "maria", isAlone: false));

    [Fact]
    public void Check_stands_on_the_upper_limit()
    {
        var longest = string.Concat(Enumerable.Range(0, 64).Select(number => $"{number:0000}"));

        Assert.Null(PasswordRules.Check(longest, "maria", isAlone: false));
        Assert.Equal(PasswordFault.TooLong, PasswordRules.Check(longest + "x", "maria", isAlone: false));
    }
}
