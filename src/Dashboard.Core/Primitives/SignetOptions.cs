using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Primitives;

/// <summary>Who this deployment is and where its data lies. Bound from <c>Signet</c>.</summary>
public sealed class SignetOptions
{
    public const string Section = "Signet";

    /// <summary>The <c>iss</c> of every token, compared exactly. Never derived from a request's Host header.</summary>
    [Required]
    public string Issuer { get; set; } = "";

    /// <summary>The audience of tokens for Signet's own API, and the default of all others.</summary>
    [Required]
    public string Audience { get; set; } = "signet";

    /// <summary>The folder of the database and of the generated master key; created with mode 0700.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>Where the <c>type</c> of problem details points; null means the issuer's own address.</summary>
    public string? ProblemBase { get; set; }
}

[OptionsValidator]
internal sealed partial class SignetOptionsValidator : IValidateOptions<SignetOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class SignetOptionsRules : IValidateOptions<SignetOptions>
{
    public ValidateOptionsResult Validate(string? name, SignetOptions options)
    {
        List<string> failures = [];
        if (!IsHttpAddress(options.Issuer))
        {
            failures.Add(
                $"{SignetOptions.Section}:Issuer must be an absolute http or https address without query or fragment, "
                + $"such as https://signet.example.com, but was '{options.Issuer}'.");
        }

        if (options.ProblemBase is { } problemBase && !IsHttpAddress(problemBase))
        {
            failures.Add($"{SignetOptions.Section}:ProblemBase must be an absolute http or https address.");
        }

        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsHttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.Query is "" && address.Fragment is "";
}
