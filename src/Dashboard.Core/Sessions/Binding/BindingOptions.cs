using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>How browser sessions are bound to their browser. Bound from <c>Sessions:Binding</c>.</summary>
public sealed class BindingOptions
{
    public const string Section = "Sessions:Binding";

    /// <summary>The grades that count where nothing else is configured.</summary>
    public static readonly IReadOnlyDictionary<BindingSignal, BindingGrade> Defaults =
        new Dictionary<BindingSignal, BindingGrade>
        {
            [BindingSignal.UserAgentMissing] = BindingGrade.End,
            [BindingSignal.Family] = BindingGrade.End,
            [BindingSignal.System] = BindingGrade.End,
            [BindingSignal.Platform] = BindingGrade.End,
            [BindingSignal.Mobile] = BindingGrade.Challenge,
            [BindingSignal.VersionLower] = BindingGrade.Challenge,
            [BindingSignal.Language] = BindingGrade.Log,
            [BindingSignal.VersionHigher] = BindingGrade.Log,
            [BindingSignal.LanguageList] = BindingGrade.Log,
            [BindingSignal.Network] = BindingGrade.Log,

            // A browser whose storage was cleared fails it, too: whoever knows the password may go on.
            [BindingSignal.Proof] = BindingGrade.Challenge,
        };

    [EnumDataType(typeof(BindingMode))]
    public BindingMode Mode { get; set; } = BindingMode.Enforce;

    /// <summary>Other grades for single signals, such as <c>Sessions:Binding:Grades:Language = Challenge</c>.</summary>
    public Dictionary<BindingSignal, BindingGrade> Grades { get; set; } = [];

    internal BindingGrade GradeOf(BindingSignal signal) =>
        Grades.TryGetValue(signal, out var grade) ? grade : Defaults[signal];
}

[OptionsValidator]
internal sealed partial class BindingOptionsValidator : IValidateOptions<BindingOptions>;
