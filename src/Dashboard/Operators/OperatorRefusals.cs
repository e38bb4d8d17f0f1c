using Dashboard.Core.Operators;

namespace Dashboard.Operators;

/// <summary>Why nothing was changed, in the words of pages and API.</summary>
internal static class OperatorRefusals
{
    public const string NoChange = "They are that already. Nothing was changed.";

    public static string Describe(OperatorUpdate update) => update switch
    {
        OperatorUpdate.LastAdministrator =>
            "This is the last enabled administrator: nobody would be left who may manage operators. Make somebody else administrator first.",
        OperatorUpdate.Oneself =>
            "This is your own account. Another administrator changes your role, disables or resets you.",
        OperatorUpdate.Unknown => "There is no operator with this id.",
        OperatorUpdate.Already => NoChange,
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no refusal."),
    };

    public static string NameTaken(string userName) =>
        $"The user name '{userName}' is taken; upper and lower case do not tell names apart, and names of disabled operators stay taken.";
}
