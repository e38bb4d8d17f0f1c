using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Audit;

/// <summary>How the audit log is attested. Bound from <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>How often a signed checkpoint is taken, where there are new entries; zero for never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "31.00:00:00")]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Why the interval cannot be held; null where it can.</summary>
    internal string? FaultOfInterval => CheckpointInterval > TimeSpan.Zero && CheckpointInterval < Shortest
        ? $"{Section}:CheckpointInterval must be 00:00:00, for never, or at least {Shortest}."
        : null;
}

[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class AuditOptionsRules : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options) =>
        options.FaultOfInterval is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
