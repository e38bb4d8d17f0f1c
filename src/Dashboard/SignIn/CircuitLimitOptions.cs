using System.ComponentModel.DataAnnotations;
using Dashboard.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace Dashboard.SignIn;

/// <summary>How many pages may be open at a time on this node. Bound from <c>Circuits</c>.</summary>
internal sealed class CircuitLimitOptions
{
    public const string Section = "Circuits";

    /// <summary>What is said of each.</summary>
    public static readonly SettingGroup Settings = new("Open pages", Section, typeof(CircuitLimitOptions),
    [
        new(nameof(PerSession), "How many pages one session may have open on a node."),
        new(nameof(PerAddress), "How many pages one address may have open on a node."),
        new(nameof(Total), "How many pages may be open on a node."),
    ]);

    [Range(1, 1_000)]
    public int PerSession { get; set; } = 8;

    [Range(1, 10_000)]
    public int PerAddress { get; set; } = 40;

    [Range(1, 100_000)]
    public int Total { get; set; } = 1_000;
}

[OptionsValidator]
internal sealed partial class CircuitLimitOptionsValidator : IValidateOptions<CircuitLimitOptions>;
