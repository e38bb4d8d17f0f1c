using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Throttling;

/// <summary>How failed logins slow down. Bound from <c>Throttling</c>.</summary>
public sealed class ThrottlingOptions
{
    public const string Section = "Throttling";

    /// <summary>Failures at one account from one device (or, for an unknown one, from its address) that cost no wait.</summary>
    [Range(1, 1_000)]
    public int DeviceFailures { get; set; } = 5;

    /// <summary>Failures at all accounts from one address (IPv6: one /64) that cost no wait. Known devices are not counted.</summary>
    [Range(1, 100_000)]
    public int AddressFailures { get; set; } = 30;

    /// <summary>Failures at one account from all unknown devices together that cost no wait.</summary>
    [Range(1, 100_000)]
    public int AccountFailures { get; set; } = 50;

    /// <summary>
    /// From so many consecutive failures on, unknown devices are refused until a known one logs in, somebody unlocks the
    /// account, or its password is changed.
    /// </summary>
    [Range(10, 100_000)]
    public int AccountStop { get; set; } = 100;

    /// <summary>No wait is longer than this after the last failure.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Failures of a device or an address are forgotten so long after the last of them.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Failures at an account from unknown devices are forgotten so long after the last of them, unless it was stopped.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan AccountWindow { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Wrong second factors of one account within an hour; then it waits for an hour.</summary>
    [Range(1, 100)]
    public int SecondFactorFailures { get; set; } = 10;
}

[OptionsValidator]
internal sealed partial class ThrottlingOptionsValidator : IValidateOptions<ThrottlingOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class ThrottlingOptionsRules : IValidateOptions<ThrottlingOptions>
{
    public ValidateOptionsResult Validate(string? name, ThrottlingOptions options)
    {
        List<string> failures = [];
        if (options.Window < options.LongestDelay)
        {
            failures.Add($"{ThrottlingOptions.Section}:Window must not be shorter than {ThrottlingOptions.Section}:LongestDelay.");
        }

        if (options.AccountStop < options.AccountFailures)
        {
            failures.Add($"{ThrottlingOptions.Section}:AccountStop must not be less than {ThrottlingOptions.Section}:AccountFailures.");
        }

        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
