using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Events;

/// <summary>How long events are kept. Bound from <c>Events</c>.</summary>
public sealed class EventOptions
{
    public const string Section = "Events";

    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Older events than the newest so many are deleted, whatever their age.</summary>
    [Range(1_000, 1_000_000_000)]
    public int MostKept { get; set; } = 5_000_000;

    /// <summary>
    /// Of the refusals of one code from one source within a minute the first so many are kept, with their reports; the others
    /// are counted only.
    /// </summary>
    [Range(1, 100_000)]
    public int KeptPerSource { get; set; } = 60;

    /// <summary>As many refusals are kept of one minute at most, whatever their source.</summary>
    [Range(10, 1_000_000)]
    public int KeptPerMinute { get; set; } = 1_000;
}

[OptionsValidator]
internal sealed partial class EventOptionsValidator : IValidateOptions<EventOptions>;
