using Dashboard.Core.Posture;
using Dashboard.Core.Storage.Purging;
using Dashboard.Hosting.Settings;

namespace Dashboard.Settings;

/// <summary>Where the settings page reads from.</summary>
public sealed record SettingsSources(PostureReader Posture, EffectiveSettings Settings, PurgeWorker Purge, NodeReader Nodes, ScopeReader Scopes);
