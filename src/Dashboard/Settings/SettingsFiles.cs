using System.Text;
using System.Text.Json;
using Dashboard.Core.Posture;
using Dashboard.Hosting;
using Dashboard.Hosting.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Settings;

/// <summary>Posture and configuration as files.</summary>
internal static class SettingsFiles
{
    private const string Columns = "code,severity,finding,count,object,id,name,detail,page,why,cure";

    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    public static FileContentHttpResult PostureAsJson(PostureReport report) => AsJson(PostureJson.Of(report), "posture.json");

    /// <summary>A line for each thing that is found.</summary>
    public static FileContentHttpResult PostureAsCsv(PostureReport report)
    {
        var text = new StringBuilder(Columns).Append("\r\n");
        foreach (var finding in PostureJson.Of(report).Findings)
        {
            var count = $"{finding.Count}{(finding.IsCapped ? "+" : "")}";
            foreach (var item in finding.Objects)
            {
                text.Append(Csv.Line(
                    finding.Code, finding.Severity, finding.Finding, count, item.Kind, item.Id, item.Name, item.Detail, item.Page,
                    finding.Why, finding.Cure));
            }
        }

        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", "posture.csv");
    }

    public static FileContentHttpResult Configuration(IReadOnlyList<EffectiveSetting> settings) =>
        AsJson(SettingsJson.Of(settings), "settings.json");

    private static FileContentHttpResult AsJson<T>(T value, string name) =>
        TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(value, Indented), "application/json; charset=utf-8", name);
}
