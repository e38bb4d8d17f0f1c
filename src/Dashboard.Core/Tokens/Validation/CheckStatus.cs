namespace Dashboard.Core.Tokens.Validation;

/// <summary>How one check ended.</summary>
public enum CheckStatus
{
    Passed,
    Failed,

    /// <summary>Could not be answered, because something it needs is missing.</summary>
    NotReached,
}
