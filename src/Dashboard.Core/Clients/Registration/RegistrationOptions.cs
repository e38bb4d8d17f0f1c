using Dashboard.Core.Scopes;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Clients.Registration;

/// <summary>How clients register themselves until an administrator decides it in the dashboard. Bound from <c>Registration</c>.</summary>
public sealed class RegistrationOptions
{
    public const string Section = "Registration";

    /// <summary>One of <see cref="RegistrationModes.All"/>.</summary>
    public string Mode { get; set; } = "token";

    /// <summary>What self-registered clients may have at most, separated by spaces.</summary>
    public string Scopes { get; set; } = "";

    internal RegistrationPolicy ToPolicy() => new()
    {
        Mode = RegistrationModes.Parse(Mode) ?? RegistrationMode.Off,
        AllowedScopes = ScopeText.Split(Scopes),
    };
}

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class RegistrationOptionsRules(ScopeHierarchy hierarchy) : IValidateOptions<RegistrationOptions>
{
    public ValidateOptionsResult Validate(string? name, RegistrationOptions options)
    {
        List<string> failures = [];
        if (RegistrationModes.Parse(options.Mode) is null)
        {
            failures.Add($"{RegistrationOptions.Section}:Mode must be one of {string.Join(", ", RegistrationModes.All)}, not '{options.Mode}'.");
        }

        failures.AddRange(RegistrationPolicyRules.FaultsOf(options.ToPolicy(), hierarchy)
            .Select(fault => $"{RegistrationOptions.Section}:Scopes {fault.Message}."));
        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
