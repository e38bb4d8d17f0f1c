namespace Dashboard.Hosting.Settings;

public enum SettingSourceKind
{
    /// <summary>Nobody set it.</summary>
    Default,

    /// <summary>A file beside the program.</summary>
    File,

    Environment,

    CommandLine,

    /// <summary>The program that started Signet, in code.</summary>
    Code,

    /// <summary>Somebody changed it in the dashboard; it is kept in the store.</summary>
    Store,
}

/// <summary>Where the value in effect comes from.</summary>
/// <param name="Kind">What kind of place that is.</param>
/// <param name="Name">The file, or the environment variable; null where the kind says it all.</param>
/// <param name="Alias">The other name that it was given under; null where it was its own.</param>
public sealed record SettingSource(SettingSourceKind Kind, string? Name = null, string? Alias = null)
{
    public static readonly SettingSource Default = new(SettingSourceKind.Default);

    public static readonly SettingSource Store = new(SettingSourceKind.Store);

    /// <summary>The kind as the API names it.</summary>
    public string Code => Kind switch
    {
        SettingSourceKind.Default => "default",
        SettingSourceKind.File => "file",
        SettingSourceKind.Environment => "environment",
        SettingSourceKind.CommandLine => "command_line",
        SettingSourceKind.Code => "code",
        SettingSourceKind.Store => "store",
        _ => throw new InvalidOperationException($"No such source: {Kind}."),
    };

    /// <summary>For people: <c>environment variable Tokens__ClockSkew</c>.</summary>
    public override string ToString() => Kind switch
    {
        SettingSourceKind.Default => "default",
        SettingSourceKind.File => Name + Under,
        SettingSourceKind.Environment => $"environment variable {Name}",
        SettingSourceKind.CommandLine => "command line" + Under,
        SettingSourceKind.Code => "set in code" + Under,
        SettingSourceKind.Store => "changed in the dashboard",
        _ => throw new InvalidOperationException($"No such source: {Kind}."),
    };

    private string Under => Alias is null ? "" : $", as {Alias}";
}
