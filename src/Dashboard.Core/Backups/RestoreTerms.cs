using System.Globalization;
using Dashboard.Core.Storage;

namespace Dashboard.Core.Backups;

/// <summary>How a restore was begun; one that is continued keeps to it.</summary>
/// <param name="At">When it was begun: whatever was issued before is over, unless tokens are kept.</param>
/// <param name="KeepsTokens">Whether what is good in the backup stays good.</param>
/// <param name="CutOffId">The id of the cut-off that it ends with.</param>
internal sealed record RestoreTerms(DateTimeOffset At, bool KeepsTokens, string CutOffId)
{
    private const string Keeps = "keep";
    private const string Ends = "end";

    /// <summary>Null where the store carries none.</summary>
    public static RestoreTerms? Read(IReadOnlyDictionary<string, string> facts) =>
        facts.GetValueOrDefault(StoreFacts.Restoring)?.Split(' ') is [var at, var tokens, var id]
            ? new RestoreTerms(
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), tokens is Keeps, id)
            : null;

    /// <summary>As a fact of the store.</summary>
    public string Write() => string.Create(
        CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()} {(KeepsTokens ? Keeps : Ends)} {CutOffId}");
}
