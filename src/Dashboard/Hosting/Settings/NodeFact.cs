namespace Dashboard.Hosting.Settings;

/// <summary>Something about this node that a feature knows, and whoever looks after the deployment wants to see.</summary>
/// <param name="Name">Its stable name, for the API.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Read">Reads it as it is now.</param>
public sealed record NodeFact(string Name, string Label, Func<string> Read);
