using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Audit;

/// <summary>How the audit log is attested, and how long it is kept. Bound from <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>How often a signed checkpoint is taken, where there are new entries; zero for never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "31.00:00:00")]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an entry is kept; zero for ever. From a day on, days go whole, at midnight UTC.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.Zero;

    /// <summary>Why the interval or the retention cannot be held; null where they can.</summary>
    internal string? Fault =>
        FaultOf(CheckpointInterval, nameof(CheckpointInterval), "never") ?? FaultOf(Retention, nameof(Retention), "keeping all");

    private static string? FaultOf(TimeSpan time, string name, string zero) => time > TimeSpan.Zero && time < Shortest
        ? $"{Section}:{name} must be 00:00:00, for {zero}, or at least {Shortest}."
        : null;
}

[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class AuditOptionsRules : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options) =>
        options.Fault is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
