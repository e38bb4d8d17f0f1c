using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Tokens.Revocation;

/// <summary>How revocations are written down.</summary>
internal static class RevocationNames
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string NameOf(RevocationScope scope) => scope switch
    {
        RevocationScope.Token => "token",
        RevocationScope.Subject => "subject",
        RevocationScope.Client => "client",
        RevocationScope.Key => "key",
        RevocationScope.Session => "session",
        RevocationScope.Family => "family",
        RevocationScope.All => "all",
        RevocationScope.Filter => "filter",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "No such scope."),
    };

    public static string NameOf(RevocationState state) => state switch
    {
        RevocationState.Running => "running",
        RevocationState.Done => "done",
        RevocationState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    public static string WriteFilter(LedgerFilter? filter) => JsonSerializer.Serialize(filter, Json);

    public static LedgerFilter ReadFilter(string json) => JsonSerializer.Deserialize<LedgerFilter>(json, Json)!;
}
