using System.Globalization;
using System.Text.Json;
using Dashboard.Core.Audit;

namespace Dashboard.Hosting.Audit;

/// <summary>The log as a file.</summary>
internal static class AuditExport
{
    private const string Columns =
        "number,at,who,role,ip,session,action,object_kind,object_id,reason,before,after,previous_hash,hash";

    /// <summary>Every entry that a filter covers, newest first. <see cref="RecordAsync"/> comes before.</summary>
    public static Export<AuditJson> Of(AuditLog audit, AuditFilter filter, ExportFormat format) => new(
        "audit", audit.ReadAllAsync(filter, CancellationToken.None).Select(AuditJson.Of), format, Columns, LineOf);

    /// <summary>Records who takes the entries away.</summary>
    public static Task RecordAsync(
        AuditLog audit, AuditFilter filter, ExportFormat format, string? reason, Actor who, CancellationToken cancellationToken)
    {
        var exported = new AuditExported(format is ExportFormat.Csv ? "csv" : "ndjson", AuditQuery.QueryOf(filter));
        return audit.RecordReadAsync(
            new AuditEntry(who, "audit.exported", "audit", "log", reason, After: JsonSerializer.Serialize(exported, Json.Options)),
            cancellationToken);
    }

    private static string LineOf(AuditJson row) => Csv.Line(
        row.Number.ToString(CultureInfo.InvariantCulture), Csv.Iso(row.At), row.Who, row.Role, row.Ip, row.Session, row.Action,
        row.ObjectKind, row.ObjectId, row.Reason, row.Before?.GetRawText(), row.After?.GetRawText(), row.PreviousHash, row.Hash);

    private sealed record AuditExported(string Format, string Filter);
}
