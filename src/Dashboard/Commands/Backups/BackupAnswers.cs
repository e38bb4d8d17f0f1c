using Dashboard.Core.Backups;
using Dashboard.Core.Backups.Format;

namespace Dashboard.Commands.Backups;

/// <summary>What <c>backup</c> and <c>backup show</c> answer.</summary>
internal static class BackupAnswers
{
    public static int Made(CommandRun run, BackupRequest request, BackupMade made)
    {
        var isLive = made.CompletedAt != made.Header.CreatedAt;
        return run.Answer(
            new
            {
                status = "done",
                backup = made.Header.Id,
                file = request.Path,
                made.Bytes,
                made.Header.CreatedAt,
                made.CompletedAt,
                rows = made.Tables.Sum(table => table.Rows),
                audit_entries = made.AuditNumber,
                made.Tables,
            },
            writer =>
            {
                writer.WriteLine(
                    $"{request.Path}: {CommandText.Number(made.Tables.Sum(table => table.Rows))} rows, {CommandText.Number(made.Bytes)} bytes.");
                writer.WriteLine(isLive
                    ? $"Everything up to {CommandText.Time(made.Header.CreatedAt)} is in it; what changed until {CommandText.Time(made.CompletedAt)} may be."
                    : $"It is the store as it was at {CommandText.Time(made.Header.CreatedAt)}.");
                writer.WriteLine("It holds the master key, encrypted with the rest. Prove it now and then: restore --check.");
            });
    }

    public static int Header(CommandRun run, BackupHeader header) => run.Answer(
        JsonOf(header, "unproven"),
        writer =>
        {
            Write(writer, header);
            writer.WriteLine("Nothing of this is proven: give the passphrase or the identity to see what is in it.");
        });

    public static int Contents(CommandRun run, BackupContents contents) => run.Answer(
        new
        {
            status = "proven",
            contents.Header.Id,
            contents.Header.CreatedAt,
            contents.CompletedAt,
            contents.Header.Issuer,
            contents.Header.Store,
            contents.Header.StoreFormat,
            contents.Header.Program,
            contents.Bytes,
            audit_entries = contents.AuditNumber,
            contents.AuditHash,
            contents.AuditFault,
            contents.Tables,
        },
        writer => Write(writer, contents));

    /// <summary>Head and tables, for a person.</summary>
    public static void Write(TextWriter writer, BackupContents contents)
    {
        Write(writer, contents.Header);
        writer.WriteLine($"  up to                 {CommandText.Time(contents.CompletedAt)}");
        foreach (var table in contents.Tables)
        {
            writer.WriteLine($"  {table.Name,-22}{CommandText.Number(table.Rows),14} rows  {table.Hash[..16]}");
        }

        writer.WriteLine("Every byte is what was written, and the keys in it open.");
        writer.WriteLine(contents.AuditFault is { } fault
            ? $"The audit log in it was broken already when it was backed up. {fault}"
            : $"The audit log in it is unbroken: {CommandText.Number(contents.AuditNumber)} entries.");
    }

    private static void Write(TextWriter writer, BackupHeader header)
    {
        writer.WriteLine($"  backup                {header.Id}");
        writer.WriteLine($"  of                    {CommandText.Time(header.CreatedAt)}");
        writer.WriteLine($"  issuer                {CommandText.Plain(header.Issuer)}");
        writer.WriteLine($"  store                 {CommandText.Plain(header.Store)}, format {header.StoreFormat}");
        writer.WriteLine($"  written by            Signet {CommandText.Plain(header.Program)}");
        writer.WriteLine($"  opened by             {OpenedBy(header.Protection)}");
    }

    private static object JsonOf(BackupHeader header, string status) => new
    {
        status,
        header.Id,
        header.CreatedAt,
        header.Issuer,
        header.Store,
        header.StoreFormat,
        header.Program,
        protection = header.Protection.Kind,
        header.Protection.Recipient,
    };

    private static string OpenedBy(BackupProtection protection) => protection.Kind is BackupProtection.OfRecipient
        ? $"the key {CommandText.Plain(protection.Recipient)}"
        : "a passphrase";
}
