namespace Dashboard.Core.Audit.Pruning;

/// <summary>A pruning as stores keep it. Anything may stand in a row: whether a key of ours signed it is for whoever relies on it to ask.</summary>
/// <param name="Number">The newest entry that went.</param>
/// <param name="Statement">The signed record.</param>
/// <param name="Entry">The entry that tells of it, written together with it.</param>
internal sealed record PruningRow(long Number, string Statement, long Entry);
