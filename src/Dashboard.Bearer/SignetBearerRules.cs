using Microsoft.Extensions.Options;

namespace Dashboard.Bearer;

/// <summary>Refuses options with which an API would take what it must not, or nothing.</summary>
internal sealed class SignetBearerRules : IValidateOptions<SignetBearerOptions>
{
    /// <summary>What there is that needs no shared secret and that the platform verifies.</summary>
    public static readonly IReadOnlyList<string> KnownAlgorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, SignetBearerOptions options)
    {
        List<string> failures = [.. FaultsOfAddress(options), .. FaultsOfTimes(options)];
        if (options.Audiences.Count == 0 || options.Audiences.Any(string.IsNullOrWhiteSpace))
        {
            failures.Add("Audiences must name what this API goes by: without it, tokens for any API would open it.");
        }

        if (options.Algorithms.Except(KnownAlgorithms, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            failures.Add($"Algorithms must be of {string.Join(", ", KnownAlgorithms)}, but has '{unknown}'.");
        }

        if ((options.FollowRevocations || options.ReportPresentations) && !options.HasCredentials)
        {
            failures.Add("ClientId and ClientSecret are needed to follow revocations and to report presentations. "
                + "Give them, or switch both off: FollowRevocations and ReportPresentations.");
        }

        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures.Select(fault => "SignetBearer: " + fault));
    }

    private static IEnumerable<string> FaultsOfAddress(SignetBearerOptions options)
    {
        if (!Uri.TryCreate(options.Issuer, UriKind.Absolute, out var issuer) || issuer.Scheme is not ("https" or "http"))
        {
            yield return $"Issuer must be the address that Signet writes into its tokens, but is '{options.Issuer}'.";
            yield break;
        }

        var address = options.Address ?? issuer;
        if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http"))
        {
            yield return $"Address must be an absolute https address, but is '{address}'.";
        }
        else if (address.Scheme is "http" && !address.IsLoopback && !options.AllowHttp)
        {
            yield return $"'{address}' is plain http, on which anybody between can forge tokens. Use https, or set AllowHttp.";
        }
    }

    private static IEnumerable<string> FaultsOfTimes(SignetBearerOptions options)
    {
        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > MostSkew)
        {
            yield return "ClockSkew must be between 0 and 5 minutes.";
        }

        if (IsOutside(options.PollInterval) || IsOutside(options.ReportInterval) || IsOutside(options.LongestSilence))
        {
            yield return "PollInterval, ReportInterval and LongestSilence must be between 0.1 seconds and an hour.";
        }
        else if (options.LongestSilence < 2 * options.PollInterval)
        {
            yield return "LongestSilence must be at least twice PollInterval, or Signet seems silent between two questions.";
        }
    }

    private static bool IsOutside(TimeSpan time) => time < Shortest || time > Longest;
}
