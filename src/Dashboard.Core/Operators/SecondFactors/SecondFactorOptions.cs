using Dashboard.Core.Access;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Operators.SecondFactors;

/// <summary>Who must have a second factor. Bound from <c>Operators:SecondFactors</c>.</summary>
public sealed class SecondFactorOptions
{
    public const string Section = "Operators:SecondFactors";

    /// <summary>
    /// Roles that reach nothing before they have set one up, such as <c>Operators:SecondFactors:RequiredFor:0 = administrator</c>.
    /// </summary>
    public IList<string> RequiredFor { get; } = [];

    /// <summary>True where operators of this role must have one.</summary>
    public bool IsRequiredFor(string role) => RequiredFor.Contains(role, StringComparer.Ordinal);
}

/// <summary>Refuses roles that do not exist: a policy that was misspelt would protect nobody.</summary>
internal sealed class SecondFactorOptionsRules : IValidateOptions<SecondFactorOptions>
{
    public ValidateOptionsResult Validate(string? name, SecondFactorOptions options) =>
        options.RequiredFor.Except(Roles.All).FirstOrDefault() is { } unknown
            ? ValidateOptionsResult.Fail(
                $"{SecondFactorOptions.Section}:RequiredFor names '{unknown}', which is no role. Roles are: {string.Join(", ", Roles.All)}.")
            : ValidateOptionsResult.Success;
}
