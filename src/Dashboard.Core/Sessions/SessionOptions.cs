using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Sessions;

/// <summary>How long sessions last, and how many may be open. Bound from <c>Sessions</c>.</summary>
public sealed class SessionOptions
{
    public const string Section = "Sessions";

    /// <summary>A browser session ends when its person did nothing for this long.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan IdleLimit { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Every session ends this long after its login, whatever its person does.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan AbsoluteLimit { get; set; } = TimeSpan.FromHours(12);

    /// <summary>So many browser sessions of one operator may be open; one more ends the one that was seen longest ago.</summary>
    [Range(1, 100)]
    public int MostOpen { get; set; } = 5;

    /// <summary>The same for sessions of the API.</summary>
    [Range(1, 1_000)]
    public int MostOpenAtApi { get; set; } = 50;

    /// <summary>How long a session is kept after it ended, with the reason.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);
}

[OptionsValidator]
internal sealed partial class SessionOptionsValidator : IValidateOptions<SessionOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class SessionOptionsRules : IValidateOptions<SessionOptions>
{
    public ValidateOptionsResult Validate(string? name, SessionOptions options) =>
        options.IdleLimit <= options.AbsoluteLimit
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{SessionOptions.Section}:IdleLimit ({options.IdleLimit}) must not be longer than AbsoluteLimit "
                + $"({options.AbsoluteLimit}).");
}
