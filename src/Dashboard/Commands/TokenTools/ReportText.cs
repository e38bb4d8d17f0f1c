using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Commands.TokenTools;

/// <summary>A report for a person at a terminal: the verdict and what to do first, then everything else.</summary>
internal sealed class ReportText(TextWriter writer, TokenReport report)
{
    public void Write()
    {
        writer.WriteLine(report.Accepted ? "Accepted" : $"Refused: {report.Code}");
        writer.WriteLine(CommandText.Plain(report.Cause));
        writer.WriteLine(CommandText.Plain(report.NextStep));
        writer.WriteLine();
        WriteChecks();
        WriteContent();
        WriteLiveKit();
        WriteLedger();
    }

    private void WriteChecks()
    {
        var table = new CommandTable("CHECK", "RESULT", "FACTS");
        foreach (var check in report.Checks)
        {
            table.Add(check.Name, ResultOf(check.Status), check.Detail);
        }

        table.Write(writer);
        writer.WriteLine();
    }

    private void WriteContent()
    {
        if (report.Header is { } header)
        {
            writer.WriteLine($"Header: {TokenText.Json(header)}");
        }

        if (report.Claims is { } claims)
        {
            writer.WriteLine($"Claims{(report.ClaimsAreVerified ? "" : ", which nobody has verified")}: {TokenText.Json(claims)}");
        }
    }

    private void WriteLiveKit()
    {
        if (report.LiveKit is not { } liveKit)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine(CommandText.Plain(
            $"For LiveKit: {liveKit.Identity ?? "nobody"} in {(liveKit.Room is { } room ? $"the room {room}" : "any room")}."));
        var grants = new CommandTable("GRANT", "VALUE", "MEANS");
        foreach (var grant in liveKit.Grants)
        {
            grants.Add(grant.Grant, grant.Value, grant.Meaning);
        }

        grants.Write(writer);
        foreach (var answer in liveKit.Answers.Where(answer => answer.Text is not null))
        {
            writer.WriteLine(CommandText.Plain($"{answer.Verifier} says: {answer.Text}"));
        }
    }

    private void WriteLedger()
    {
        if (report.Ledger is { } row)
        {
            writer.WriteLine();
            writer.WriteLine(CommandText.Plain(
                $"In the ledger: {row.Kind.Name}, issued at {CommandText.Time(row.IssuedAt)} at the request of {row.IssuedBy}, "
                + (row.Presented is { Last: var last } ? $"last shown at {CommandText.Time(last.At)}." : "never shown.")));
        }
    }

    private static string ResultOf(CheckStatus status) => status switch
    {
        CheckStatus.Passed => "passed",
        CheckStatus.Failed => "FAILED",
        _ => "not reached",
    };
}
