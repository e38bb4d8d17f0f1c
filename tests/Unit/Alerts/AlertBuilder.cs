using Dashboard.Core.Alerts;
using Dashboard.Core.Audit;

namespace Dashboard.Tests.Unit.Alerts;

/// <summary>What tests raise where they do not care.</summary>
internal static class AlertBuilder
{
    public const string Kind = AlertKinds.RefreshReplay;

    public static readonly Actor Admin = Actor.OfCommand("admin");

    public static AlertDraft Draft(string key = "app alice", string kind = Kind) => new(
        kind, key, AlertSeverity.Warning, "Something happened", "It means something.", "/tokens");
}
