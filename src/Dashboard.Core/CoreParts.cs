namespace Dashboard.Core;

/// <summary>What of the core a command works with.</summary>
public enum CoreParts
{
    /// <summary>The people who sign in, and the master key. The key ring and revocations stay unread.</summary>
    People,

    /// <summary>All of it, as a server has it.</summary>
    Everything,

    /// <summary>All of it, and what others change meanwhile is heard of, for a command that goes on.</summary>
    News,
}
