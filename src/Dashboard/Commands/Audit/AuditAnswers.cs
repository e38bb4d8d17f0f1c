using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Hosting.Audit;
using AuditJson = Dashboard.Hosting.Audit.AuditJson;

namespace Dashboard.Commands.Audit;

/// <summary>The log as text.</summary>
internal static class AuditAnswers
{
    public static int Show(CommandRun run, AuditView view)
    {
        var entry = AuditJson.Of(view.Record);
        return run.Answer(
            new AuditEntryJson(entry, view.Fault),
            writer =>
            {
                var facts = new CommandFacts();
                facts.Add("Number", entry.Number.ToString(CultureInfo.InvariantCulture));
                facts.Add("Time", CommandText.Time(entry.At));
                facts.Add("Who", entry.Who);
                facts.Add("Role", entry.Role);
                facts.Add("Address", entry.Ip);
                facts.Add("Session", entry.Session);
                facts.Add("Action", entry.Action);
                facts.Add("Object", $"{entry.ObjectKind} {entry.ObjectId}");
                facts.Add("Reason", entry.Reason);
                facts.Add("Before", view.Record.Entry.Before);
                facts.Add("After", view.Record.Entry.After);
                facts.Add("Previous hash", entry.PreviousHash);
                facts.Add("Hash", entry.Hash);
                facts.Add("Fault", view.Fault);
                facts.Write(writer);
            });
    }
}
