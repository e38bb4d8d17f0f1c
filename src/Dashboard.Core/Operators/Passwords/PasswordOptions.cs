using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>The cost of checking passwords. Bound from <c>Operators:Passwords</c>.</summary>
public sealed class PasswordOptions
{
    public const string Section = "Operators:Passwords";

    /// <summary>Rounds of PBKDF2-HMAC-SHA512; raising it strengthens each stored hash at its owner's next login.</summary>
    [Range(220_000, 10_000_000)]
    public int Iterations { get; set; } = 600_000;

    /// <summary>How many passwords are hashed at once; 0 for one less than there are processors, at least one.</summary>
    [Range(0, 64)]
    public int Concurrency { get; set; }

    /// <summary>How many may wait for that; whoever comes then is told to try again.</summary>
    [Range(0, 1_000)]
    public int Queue { get; set; } = 32;
}

[OptionsValidator]
internal sealed partial class PasswordOptionsValidator : IValidateOptions<PasswordOptions>;
