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

    /// <summary>A circuit's browser did not prove that it holds the key, or knows another fingerprint.</summary>
    Proof,
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
