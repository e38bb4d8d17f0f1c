using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys.Issuers;

/// <summary>Refuses issuers that could not be trusted as they are configured.</summary>
internal sealed class TrustedIssuersOptionsRules(IOptions<SignetOptions> signet) : IValidateOptions<TrustedIssuersOptions>
{
    private const string Setting = $"{TrustedIssuersOptions.Section}:TrustedIssuers";

    public ValidateOptionsResult Validate(string? name, TrustedIssuersOptions options)
    {
        if (options.TrustedIssuers is not { } all || all.Exists(item => item is null))
        {
            return ValidateOptionsResult.Fail($"{Setting} and its entries must not be null.");
        }

        var issuers = Read(all, out var failures);
        failures.AddRange(DoublesIn(all.Select(item => item.Issuer)).Select(issuer => $"{Setting} must not list an issuer twice, but has '{issuer}' again."));
        failures.AddRange(DoublesIn(issuers.Select(item => item.Name)).Select(found =>
            $"{Setting} has two issuers that are called '{found}'; give each a Name of its own."));
        if (all.Exists(item => item.Issuer == OwnIssuer))
        {
            failures.Add($"{Setting} must not list '{OwnIssuer}': that is this Signet itself, whose own keys verify its tokens.");
        }

        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>The issuers whose settings are right, and what is wrong with those of others.</summary>
    public static IReadOnlyList<TrustedIssuer> Read(List<TrustedIssuerOptions> all, out List<string> faults)
    {
        List<TrustedIssuer> issuers = [];
        faults = [];
        for (var number = 0; number < all.Count; number++)
        {
            var reader = new TrustedIssuerReader($"{Setting}:{number}", all[number]);
            if (reader.Read() is { } issuer)
            {
                issuers.Add(issuer);
            }

            faults.AddRange(reader.Faults);
        }

        return issuers;
    }

    // What is wrong with Signet's own issuer is said where it is checked.
    private string? OwnIssuer
    {
        get
        {
            try
            {
                return signet.Value.Issuer;
            }
            catch (OptionsValidationException)
            {
                return null;
            }
        }
    }

    private static IEnumerable<string> DoublesIn(IEnumerable<string> texts) => texts
        .Where(text => !string.IsNullOrEmpty(text))
        .GroupBy(text => text, StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Count() > 1)
        .Select(group => group.Key);
}
