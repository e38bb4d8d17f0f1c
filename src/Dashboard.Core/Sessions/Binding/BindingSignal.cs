namespace Dashboard.Core.Sessions.Binding;

/// <summary>One thing about a browser that was not as it was at login.</summary>
public enum BindingSignal
{
    UserAgentMissing,
    Family,
    System,
    Platform,
    Mobile,
    VersionLower,
    VersionHigher,
    Language,
    LanguageList,
    Network,
}

/// <summary>How serious a signal is taken, mildest first.</summary>
public enum BindingGrade
{
    Ignore,

    /// <summary>Go on and write it down.</summary>
    Log,

    /// <summary>Ask for the password again.</summary>
    Challenge,

    /// <summary>End the session.</summary>
    End,
}

/// <summary>Whether bindings are enforced.</summary>
public enum BindingMode
{
    Off,

    /// <summary>Write down what would have been refused, and go on.</summary>
    Observe,

    Enforce,
}
