namespace Dashboard.Commands;

/// <summary>How a change was asked for.</summary>
/// <param name="Reason">Why, in the person's words; null where they gave none.</param>
/// <param name="DryRun">True to hear only what would happen.</param>
/// <param name="Yes">True to change without asking.</param>
internal sealed record RunOptions(string? Reason, bool DryRun, bool Yes)
{
    private const string NoReason = "None given at the command line";

    /// <summary>What the audit log says.</summary>
    public string WrittenReason => string.IsNullOrWhiteSpace(Reason) ? NoReason : Reason.Trim();
}
