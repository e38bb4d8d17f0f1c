using Dashboard.Core.Alerts;
using Dashboard.Core.Audit;
using Dashboard.Core.Backups;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Webhooks;
using Dashboard.Hosting.Telemetry;

namespace Dashboard.Hosting.Settings.Catalogue;

/// <summary>Who this deployment is, where it listens, and where its data lies.</summary>
internal static class ServerSettings
{
    public static readonly IReadOnlyList<SettingGroup> Groups =
    [
        new("Deployment", SignetOptions.Section, typeof(SignetOptions),
        [
            new(
                nameof(SignetOptions.Issuer),
                "The iss of every token, compared exactly.")
            {
                DefaultText = "the first address it listens on",
            },
            new(nameof(SignetOptions.Audience), "The audience of tokens for Signet's own API, and the default of all others."),
            new(nameof(SignetOptions.DataFolder), "The folder of the database and of the generated master key."),
            new(
                nameof(SignetOptions.ProblemBase),
                "Where the type of problem details points.")
            {
                DefaultText = "the issuer's own address",
            },
        ]),
        new("Storage", StorageOptions.Section, typeof(StorageOptions),
        [
            new(
                nameof(StorageOptions.Kind),
                "The kind of store: sqlite, one file below the data folder, or redis, a server that several nodes share."),
            new(nameof(StorageOptions.Redis), "Where Redis is, and how it is reached.") { Secrecy = SettingSecrecy.Connection },
            new(nameof(StorageOptions.RedisPrefix), "What every key in Redis begins with."),
            new(nameof(StorageOptions.RedisReplicas), "How many replicas of Redis must have a change before it is acknowledged."),
            new(nameof(StorageOptions.Timeout), "How long Redis may take to answer before the request is refused."),
            new(
                nameof(StorageOptions.LongestSilence),
                "How long a node that hears nothing from Redis goes on accepting tokens from memory."),
        ]),
        new("Server", null, null,
        [
            new("urls", "The addresses it listens on.") { DefaultText = SignetDefaults.DefaultAddress },
            new(
                "AllowedHosts",
                "The names in Host headers that are answered, separated by semicolons.")
            {
                DefaultText = "those of the issuer and the addresses",
            },
            new(
                "environment",
                "The name of the environment, which chooses a second file of settings.")
            {
                DefaultText = "Production",
            },
            new("Logging:LogLevel", "From which level on what part of the program logs."),
        ]),
        new("Hosting", HostingOptions.Section, typeof(HostingOptions),
        [
            new(nameof(HostingOptions.KnownProxies), "Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed."),
            new(nameof(HostingOptions.Origins), "Further origins of the dashboard; the issuer's is always one."),
            new(nameof(HostingOptions.AllowHttp), "Whether plain http from other machines is answered."),
            new(
                nameof(HostingOptions.GenericTokenRefusals),
                "Whether anonymous callers of a refused token hear nothing but that it is invalid or expired."),
        ]),
        new("Events", EventOptions.Section, typeof(EventOptions),
        [
            new(nameof(EventOptions.Retention), "How long events are kept."),
            new(nameof(EventOptions.MostKept), "Older events than the newest so many are deleted, whatever their age."),
            new(
                nameof(EventOptions.KeptPerSource),
                "Of the refusals of one code from one source within a minute the first so many are kept; the others are counted only."),
            new(nameof(EventOptions.KeptPerMinute), "As many refusals are kept of one minute at most, whatever their source."),
        ]),
        new("Audit", AuditOptions.Section, typeof(AuditOptions),
        [
            new(
                nameof(AuditOptions.CheckpointInterval),
                "How often a signed checkpoint is taken, where there are new entries; zero for never."),
            new(nameof(AuditOptions.Retention), "How long an entry is kept; zero for ever. From a day on, days go whole, at midnight UTC."),
        ]),
        new("Backups", BackupOptions.Section, typeof(BackupOptions),
        [
            new(
                nameof(BackupOptions.RemindAfter),
                "How old the newest backup may be before the overview and the posture say so; zero for never."),
        ]),
        new("Alerts", AlertOptions.Section, typeof(AlertOptions),
        [
            new(nameof(AlertOptions.Retention), "How long an alert is kept after it was over."),
            new(nameof(AlertOptions.AuditInterval), "How often new entries of the audit log are verified."),
            new(nameof(AlertOptions.WholeAuditInterval), "How often the whole audit log is verified."),
            new(nameof(AlertOptions.LowDisk), "With fewer bytes left on the disk of the data folder an alert opens; zero for never."),
            new(nameof(AlertOptions.StoreBudget), "How many bytes the store may take before an alert opens; zero for any number."),
        ]),
        new("Webhooks", WebhookOptions.Section, typeof(WebhookOptions),
        [
            new(
                nameof(WebhookOptions.AllowPrivateAddresses),
                "Whether any webhook may be in our own network, and speak plain http."),
            new(
                nameof(WebhookOptions.AllowedHosts),
                "Names or addresses, separated by spaces, that may be in our own network and speak plain http."),
            new(nameof(WebhookOptions.Retention), "How long deliveries of webhooks are kept."),
            new(nameof(WebhookOptions.LookInterval), "How often the leader looks for what is due."),
        ]),
        new("Telemetry", TelemetryOptions.Section, typeof(TelemetryOptions),
        [
            new(nameof(TelemetryOptions.OtlpEndpoint), "Where telemetry is sent to; nowhere where it is empty.") { Alias = "OTEL_EXPORTER_OTLP_ENDPOINT" },
            new(nameof(TelemetryOptions.TracesEndpoint), "The whole address for traces alone.") { Alias = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" },
            new(nameof(TelemetryOptions.MetricsEndpoint), "The whole address for metrics alone.") { Alias = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT" },
            new(nameof(TelemetryOptions.LogsEndpoint), "The whole address for logs alone.") { Alias = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT" },
            new(nameof(TelemetryOptions.Headers), "Headers that are sent with everything.")
            {
                Alias = "OTEL_EXPORTER_OTLP_HEADERS",
                Secrecy = SettingSecrecy.Secret,
            },
            new(nameof(TelemetryOptions.Protocol), "How the collector is spoken to: grpc or http/protobuf.") { Alias = "OTEL_EXPORTER_OTLP_PROTOCOL" },
            new(nameof(TelemetryOptions.ServiceName), "What this deployment is called where the telemetry is read.") { Alias = "OTEL_SERVICE_NAME" },
            new(nameof(TelemetryOptions.Traces), "Whether traces are sent.") { Alias = "OTEL_TRACES_EXPORTER" },
            new(nameof(TelemetryOptions.Metrics), "Whether metrics are sent.") { Alias = "OTEL_METRICS_EXPORTER" },
            new(nameof(TelemetryOptions.Logs), "Whether logs are sent.") { Alias = "OTEL_LOGS_EXPORTER" },
            new(nameof(TelemetryOptions.SamplingRatio), "The part of all traces that is sent, from 0 to 1.") { Alias = "OTEL_TRACES_SAMPLER_ARG" },
        ]),
    ];
}
