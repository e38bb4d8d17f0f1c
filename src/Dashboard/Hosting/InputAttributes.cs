using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Scopes;

namespace Dashboard.Hosting;

/// <summary>A list of scopes: few enough, each of them one, none of them null.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ScopeListAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is IReadOnlyCollection<string?> scopes && ScopeText.FaultOf(scopes) is { } fault
            ? new ValidationResult(fault)
            : ValidationResult.Success;
}

/// <summary>
/// Text that answers and reports repeat, such as an audience: not empty where it is given, and without anything that a
/// terminal or a log would take for more than text.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlainTextAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text && (text is "" || text.Any(char.IsControl))
            ? new ValidationResult("must not be empty or contain control characters")
            : ValidationResult.Success;
}
