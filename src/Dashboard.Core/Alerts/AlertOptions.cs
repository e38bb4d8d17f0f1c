using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Alerts;

/// <summary>How long alerts are kept, how often Signet looks, and what is too much. Bound from <c>Alerts</c>.</summary>
public sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>How long an alert is kept after it was over.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(180);

    /// <summary>How often new entries of the audit log are verified.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "1.00:00:00")]
    public TimeSpan AuditInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the whole audit log is verified.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan WholeAuditInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>With fewer bytes left on the disk of the data folder it is nearly full; zero where nobody asks.</summary>
    [Range(0, long.MaxValue)]
    public long LowDisk { get; set; } = 1L << 30;

    /// <summary>How many bytes the store may take before an alert says so; zero for any number.</summary>
    [Range(0, long.MaxValue)]
    public long StoreBudget { get; set; }
}

[OptionsValidator]
internal sealed partial class AlertOptionsValidator : IValidateOptions<AlertOptions>;
