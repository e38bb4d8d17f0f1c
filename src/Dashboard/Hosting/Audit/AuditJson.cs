using System.Text.Json;
using Dashboard.Core.Audit;

namespace Dashboard.Hosting.Audit;

/// <summary>
/// An entry of the log in the API and in exports; with both hashes, so that whoever has it can see that it follows the one
/// before.
/// </summary>
internal sealed record AuditJson(
    long Number,
    DateTimeOffset At,
    string Who,
    string? Role,
    string? Ip,
    string? Session,
    string Action,
    string ObjectKind,
    string ObjectId,
    string? Reason,
    JsonElement? Before,
    JsonElement? After,
    string PreviousHash,
    string Hash)
{
    public static AuditJson Of(AuditRecord record) => new(
        record.Number,
        record.At,
        record.Entry.Who.Name,
        record.Entry.Who.Role,
        record.Entry.Who.Ip,
        record.Entry.Who.Session,
        record.Entry.Action,
        record.Entry.ObjectKind,
        record.Entry.ObjectId,
        record.Entry.Reason,
        Parse(record.Entry.Before),
        Parse(record.Entry.After),
        Convert.ToHexStringLower(record.PreviousHash),
        Convert.ToHexStringLower(record.Hash));

    private static JsonElement? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (JsonException)
        {
            // Somebody wrote into the store: what is there is shown as it is.
            return JsonSerializer.SerializeToElement(json);
        }
    }
}

/// <summary>A page of the log.</summary>
/// <param name="Items">The entries, newest first.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; absent on the last.</param>
/// <param name="Total">How many entries match, as far as was looked.</param>
/// <param name="TotalIsCapped">True where there may be more.</param>
/// <param name="LookedBackTo">
/// The time of the last entry that was looked at, where the search rested before the page was full; the next page goes on.
/// </param>
internal sealed record AuditPageJson(
    IReadOnlyList<AuditJson> Items, string? NextCursor, long Total, bool TotalIsCapped, DateTimeOffset? LookedBackTo)
{
    public static AuditPageJson Of(AuditFound found) => new(
        [.. found.Page.Items.Select(AuditJson.Of)],
        found.Page.NextCursor,
        found.Page.Total,
        found.Page.TotalIsCapped,
        found.LookedBackTo);
}
