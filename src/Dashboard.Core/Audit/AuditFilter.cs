namespace Dashboard.Core.Audit;

/// <summary>Which entries to list; null members do not filter.</summary>
/// <param name="Operator">The name of who did it.</param>
/// <param name="Action">The action, exactly.</param>
/// <param name="ObjectId">What it was done to.</param>
/// <param name="ObjectKind">The kind of thing it was done to.</param>
/// <param name="Reason">A part of the reason, in whatever case.</param>
/// <param name="From">Not before this.</param>
/// <param name="Before">Before this.</param>
public sealed record AuditFilter(
    string? Operator = null,
    string? Action = null,
    string? ObjectId = null,
    string? ObjectKind = null,
    string? Reason = null,
    DateTimeOffset? From = null,
    DateTimeOffset? Before = null)
{
    /// <summary>The indexes that hold what the filter covers, and more where there are several.</summary>
    internal IReadOnlyList<AuditWay> Ways =>
    [
        .. new (AuditMember Member, string? Value)[]
        {
            (AuditMember.ObjectId, ObjectId),
            (AuditMember.Operator, Operator),
            (AuditMember.Action, Action),
            (AuditMember.ObjectKind, ObjectKind),
        }
        .Where(way => way.Value is not null)
        .Select(way => new AuditWay(way.Member, AuditText.Of(way.Value!))),
    ];

    /// <summary>True where the filter covers an entry.</summary>
    public bool Matches(AuditRecord record) =>
        Is(Operator, record.Entry.Who.Name)
        && Is(Action, record.Entry.Action)
        && Is(ObjectId, record.Entry.ObjectId)
        && Is(ObjectKind, record.Entry.ObjectKind)
        && (Reason is null || record.Entry.Reason?.Contains(Reason, StringComparison.OrdinalIgnoreCase) is true)
        && !(record.At < From)
        && !(record.At >= Before);

    // Entries are kept in visible characters, so what is asked for is compared as it would be kept.
    private static bool Is(string? wanted, string kept) => wanted is null || AuditText.Of(wanted) == kept;
}

/// <summary>A member of entries that has an index.</summary>
public enum AuditMember
{
    Operator,
    Action,
    ObjectKind,
    ObjectId,
}

/// <summary>The entries that have one value in one member.</summary>
public sealed record AuditWay(AuditMember Member, string Value);

/// <summary>The entries from one number to before another.</summary>
public readonly record struct AuditRange(long First, long Before)
{
    /// <summary>Every entry.</summary>
    public static readonly AuditRange All = new(1, long.MaxValue);

    /// <summary>Those of them before a number.</summary>
    public AuditRange UpTo(long before) => this with { Before = Math.Min(Before, before) };
}
