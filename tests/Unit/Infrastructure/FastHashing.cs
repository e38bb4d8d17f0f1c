using Dashboard.Core.Operators.Passwords;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>A hasher that costs nothing.</summary>
internal sealed class FastHashing : IPasswordHashing
{
    public string Hash(string password) => "fast:" + password;

    public PasswordMatch Verify(string hash, string password) => hash switch
    {
        _ when hash == "fast:" + password => PasswordMatch.Yes,
        _ when hash == "old:" + password => PasswordMatch.YesButOutdated,
        _ => PasswordMatch.No,
    };
}
