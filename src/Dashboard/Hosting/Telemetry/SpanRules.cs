using System.Collections.Frozen;
using System.Diagnostics;
using Dashboard.Core.Telemetry;
using OpenTelemetry;

namespace Dashboard.Hosting.Telemetry;

/// <summary>
/// Takes everything off a span that is not known to hold names of ours alone, before it is sent: no address with a query, no
/// path, nothing that a later version of a library adds.
/// </summary>
internal sealed class SpanRules : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Allowed = FrozenSet.Create(
        StringComparer.Ordinal,
        TelemetryNames.ErrorType,
        TelemetryNames.TokenKind,
        TelemetryNames.RevocationScope,
        TelemetryNames.Store,
        RequestSpans.RequestId,
        RequestSpans.Method,
        RequestSpans.Route,
        RequestSpans.Status,
        RequestSpans.Scheme,
        "network.protocol.version",
        "server.address",
        "server.port",
        "aspnetcore.components.attribute.name",
        "aspnetcore.components.method",
        "aspnetcore.components.route",
        "aspnetcore.components.type");

    public override void OnEnd(Activity data)
    {
        List<string>? unknown = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (!Allowed.Contains(tag.Key))
            {
                (unknown ??= []).Add(tag.Key);
            }
        }

        unknown?.ForEach(name => data.SetTag(name, null));
    }
}
