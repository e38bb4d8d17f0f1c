namespace Dashboard.Core.Idempotency;

/// <summary>A request as it is remembered.</summary>
/// <param name="Id">A hash of its caller and what the caller named it.</param>
/// <param name="RequestHash">SHA-256 of what was asked for.</param>
/// <param name="Attempt">Made anew for each attempt, so that a late one does not speak for a later one.</param>
/// <param name="MadeId">What it made; null while it is being carried out.</param>
/// <param name="ExpiresAt">When it is forgotten.</param>
internal sealed record RememberedRequest(
    string Id, byte[] RequestHash, string Attempt, string? MadeId, DateTimeOffset ExpiresAt);
