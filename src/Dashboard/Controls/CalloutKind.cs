namespace Dashboard.Controls;

public enum CalloutKind
{
    Info,
    Success,
    Warning,
    Error,
}
