using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Microsoft.Extensions.Options;

namespace Dashboard.SignIn.Account;

/// <summary>Knows who must set a second factor up before anything else.</summary>
public sealed class FactorRules(OperatorDirectory operators, IOptions<SecondFactorOptions> options)
{
    /// <summary>Where they do it.</summary>
    public const string Path = "/account/authenticator";

    /// <summary>True where the operator's role needs a second factor and they have none.</summary>
    public bool MustSetUp(string operatorId) =>
        operators.Find(operatorId) is { SecondFactors.Any: false } found && options.Value.IsRequiredFor(found.Role);
}
