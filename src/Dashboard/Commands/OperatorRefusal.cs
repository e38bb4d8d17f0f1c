using Dashboard.Core.Operators;

namespace Dashboard.Commands;

/// <summary>Why nothing was changed.</summary>
/// <param name="Code">Stable, for scripts.</param>
/// <param name="Message">What is in the way, and what to do.</param>
internal sealed record OperatorRefusal(string Code, string Message)
{
    public static readonly OperatorRefusal NotConfirmed = new("NOT_CONFIRMED", "Nothing was changed.");

    public static OperatorRefusal Unknown(string name) =>
        new("UNKNOWN_OPERATOR", $"There is no operator '{name}'. See: operators list.");

    public static OperatorRefusal NameTaken(string name) => new("NAME_TAKEN", $"The user name '{name}' is taken.");

    public static OperatorRefusal Of(OperatorCreation.Invalid invalid) =>
        new("INVALID", string.Join(' ', invalid.Faults.Select(fault => $"The {fault.Field} {fault.Message}.")));

    public static OperatorRefusal Of(OperatorUpdate refused) => refused is OperatorUpdate.LastAdministrator
        ? new("LAST_ADMINISTRATOR", "This is the last enabled administrator: make somebody else administrator first.")
        : new("GONE", "The operator was changed meanwhile. Nothing was done.");
}
