namespace Dashboard.Hosting.Settings;

/// <summary>A setting as it is in effect. Holds no secret: what must not be seen was left out when it was read.</summary>
public sealed record EffectiveSetting
{
    /// <summary>What its group is called.</summary>
    public required string Group { get; init; }

    /// <summary>Where it stands in the configuration: <c>Tokens:ClockSkew</c>.</summary>
    public required string Key { get; init; }

    /// <summary>What it is for, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What a value of it looks like, in a word or two.</summary>
    public required string Type { get; init; }

    /// <summary>What holds where nobody says anything; null for nothing.</summary>
    public required string? Default { get; init; }

    /// <summary>What is in effect, as it is written in settings; a mask for secrets; null where there is nothing.</summary>
    public required string? Value { get; init; }

    public required bool IsSecret { get; init; }

    public required SettingSource Source { get; init; }

    /// <summary>Another name that it is read under; null where there is none.</summary>
    public string? Alias { get; init; }

    /// <summary>The name of the environment variable that sets it.</summary>
    public string EnvironmentName => Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>True where somebody decided otherwise than Signet does by itself.</summary>
    public bool DiffersFromDefault =>
        Source.Kind is not SettingSourceKind.Default
        && (IsSecret ? Value is not null : !string.Equals(Value, Default, StringComparison.Ordinal));
}
