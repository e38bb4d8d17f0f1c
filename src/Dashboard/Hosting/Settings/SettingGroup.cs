namespace Dashboard.Hosting.Settings;

/// <summary>Settings that belong together, and what each is for. Whoever binds an options class registers its group.</summary>
/// <param name="Title">What people call them.</param>
/// <param name="Section">Where they stand in the configuration; null where each has a place of its own.</param>
/// <param name="Options">The class that they are bound to; null for those that are read without one.</param>
/// <param name="Settings">Every one of them.</param>
public sealed record SettingGroup(string Title, string? Section, Type? Options, IReadOnlyList<SettingText> Settings);

/// <summary>What is said of a setting, and what of it may be shown.</summary>
/// <param name="Member">The property of the options class; the whole key of a setting without one.</param>
/// <param name="Description">What it is for, in a sentence.</param>
public sealed record SettingText(string Member, string Description)
{
    /// <summary>Its key where that is not section and member.</summary>
    public string? Key { get; init; }

    /// <summary>Another name that it is read under; its own wins where both are given.</summary>
    public string? Alias { get; init; }

    public SettingSecrecy Secrecy { get; init; }

    /// <summary>What holds where nobody says anything, in words, where the class cannot say it.</summary>
    public string? DefaultText { get; init; }

    /// <summary>For a list of objects: what is said of their members.</summary>
    public IReadOnlyList<SettingText>? Members { get; init; }
}

/// <summary>How much of a value may be shown.</summary>
public enum SettingSecrecy
{
    /// <summary>All but passwords in addresses.</summary>
    Open,

    /// <summary>Only whether there is one.</summary>
    Secret,

    /// <summary>The places and options of a connection, without what opens it.</summary>
    Connection,
}
