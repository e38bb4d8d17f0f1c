using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Hosting;

namespace Dashboard.Audit;

/// <summary>The log as a file.</summary>
internal static class AuditExport
{
    private const string Columns =
        "number,at,who,role,ip,session,action,object_kind,object_id,reason,before,after,previous_hash,hash";

    /// <summary>Every entry that a filter covers, newest first.</summary>
    public static Export<AuditJson> Of(AuditLog audit, AuditFilter filter, ExportFormat format) => new(
        "audit", audit.ReadAllAsync(filter, CancellationToken.None).Select(AuditJson.Of), format, Columns, LineOf);

    private static string LineOf(AuditJson row) => Csv.Line(
        row.Number.ToString(CultureInfo.InvariantCulture), Csv.Iso(row.At), row.Who, row.Role, row.Ip, row.Session, row.Action, row.ObjectKind, row.ObjectId,
        row.Reason, row.Before?.GetRawText(), row.After?.GetRawText(), row.PreviousHash, row.Hash);
}
