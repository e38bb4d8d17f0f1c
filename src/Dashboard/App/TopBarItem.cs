namespace Dashboard.App;

/// <summary>A component that a feature adds to the top bar by registering this: the health dot, alerts.</summary>
public sealed record TopBarItem(Type Component);
