using Dashboard.Core.Operators;
using Dashboard.Core.Operators.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PasswordOptions = Dashboard.Core.Operators.Passwords.PasswordOptions;

namespace Dashboard.SignIn;

/// <summary>The framework's hasher: PBKDF2-HMAC-SHA512 with a salt of its own, the cost written into the hash.</summary>
internal sealed class PasswordHashing(IOptions<PasswordOptions> options) : IPasswordHashing
{
    // The hasher asks for a user and ignores it.
    private static readonly OperatorAccount Nobody = new()
    {
        Id = "",
        UserName = "",
        PasswordHash = "",
        SecurityStamp = "",
        Role = "",
        IsEnabled = false,
        MustChangePassword = false,
        CreatedAt = default,
    };

    private readonly PasswordHasher<OperatorAccount> _hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = options.Value.Iterations }));

    public string Hash(string password) => _hasher.HashPassword(Nobody, password);

    public PasswordMatch Verify(string hash, string password) => _hasher.VerifyHashedPassword(Nobody, hash, password) switch
    {
        PasswordVerificationResult.Success => PasswordMatch.Yes,
        PasswordVerificationResult.SuccessRehashNeeded => PasswordMatch.YesButOutdated,
        _ => PasswordMatch.No,
    };
}
