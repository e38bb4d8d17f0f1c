using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Dashboard.Hosting.Tokens;

/// <summary>
/// One rule: everything of this kind and value, issued until a time. Members that are not known are refused: a misspelt
/// limit would be no limit.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CutOffRequest([property: Required] string Scope, [property: StringLength(255)] string? Value, DateTimeOffset? IssuedBefore);
