namespace Dashboard.Core.Posture;

/// <summary>How much a finding matters.</summary>
public enum PostureSeverity
{
    /// <summary>Could be tidier.</summary>
    Low,

    /// <summary>Makes an attack worse once it has begun.</summary>
    Medium,

    /// <summary>Is a way in.</summary>
    High,
}

/// <summary>Something that should hold. Its code is public and never changes: scripts match on it.</summary>
/// <param name="Code">Its stable name.</param>
/// <param name="Severity">How much it matters where it does not hold.</param>
/// <param name="Good">What is said where it holds.</param>
/// <param name="Bad">What is said where it does not.</param>
/// <param name="Why">Why that matters.</param>
/// <param name="Cure">What to do about it.</param>
public sealed record PostureRule(string Code, PostureSeverity Severity, string Good, string Bad, string Why, string Cure);

/// <summary>What a finding is about.</summary>
public enum PostureObjectKind
{
    AgentKey,
    AuditLog,
    Client,
    Issuer,
    Key,
    Operator,
    RegistrationPolicy,
    Scope,
    Setting,

    /// <summary>A kind of tokens, not one of them.</summary>
    Tokens,
}

/// <summary>One of the things that a finding is about.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Which; of a setting its key.</param>
/// <param name="Name">What people call it. Data, never markup.</param>
/// <param name="Detail">What is wrong with this one; null where the rule says it all.</param>
public sealed record PostureObject(PostureObjectKind Kind, string Id, string Name, string? Detail = null);

/// <summary>A rule that does not hold.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Objects">What it is about, the first few.</param>
/// <param name="Count">How many there are.</param>
/// <param name="IsCapped">True where there may be more than that: not everything was looked at.</param>
public sealed record PostureFinding(PostureRule Rule, IReadOnlyList<PostureObject> Objects, long Count, bool IsCapped);

/// <summary>How safely a deployment is set up, at one moment.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Findings">What should be otherwise, what matters most first.</param>
/// <param name="Kept">The rules that hold.</param>
public sealed record PostureReport(
    DateTimeOffset At, IReadOnlyList<PostureFinding> Findings, IReadOnlyList<PostureRule> Kept);
