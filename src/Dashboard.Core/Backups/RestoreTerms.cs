using System.Globalization;
using Dashboard.Core.Storage;

namespace Dashboard.Core.Backups;

/// <summary>How a restore was begun; one that is continued keeps to it.</summary>
/// <param name="At">When it was begun: whatever was issued before is over, unless tokens are kept.</param>
/// <param name="KeepsTokens">Whether what is good in the backup stays good.</param>
/// <param name="CutOffId">The id of the cut-off that it ends with.</param>
/// <param name="CarriedFrom">The backup of the store that is replaced, which endings are taken over from; null where none are.</param>
internal sealed record RestoreTerms(DateTimeOffset At, bool KeepsTokens, string CutOffId, string? CarriedFrom = null)
{
    private const string Keeps = "keep";
    private const string Ends = "end";

    /// <summary>Null where the store carries none.</summary>
    public static RestoreTerms? Read(IReadOnlyDictionary<string, string> facts) =>
        facts.GetValueOrDefault(StoreFacts.Restoring)?.Split(' ', 4) is [var at, var tokens, var id, .. var rest]
            ? new RestoreTerms(
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), tokens is Keeps, id, rest is [var path] ? path : null)
            : null;

    /// <summary>As a fact of the store.</summary>
    public string Write() => string.Create(
        CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()} {(KeepsTokens ? Keeps : Ends)} {CutOffId}{(CarriedFrom is null ? "" : $" {CarriedFrom}")}");
}
