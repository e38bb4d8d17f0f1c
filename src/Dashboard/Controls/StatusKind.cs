namespace Dashboard.Controls;

/// <summary>The four states that anything here can be in. Each has a colour and a shape of its own.</summary>
public enum StatusKind
{
    Live,
    Warning,
    Refused,
    Ended,
}
