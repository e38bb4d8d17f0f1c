using Dashboard.Core.Posture;
using Dashboard.Hosting;
using Microsoft.Extensions.Options;

namespace Dashboard.Settings;

/// <summary>Secrets that cross the network readable.</summary>
internal sealed class PlainHttpCheck(IOptions<HostingOptions> hosting) : IPostureCheck
{
    private const string Setting = $"{HostingOptions.Section}:{nameof(HostingOptions.AllowHttp)}";

    public PostureRule Rule { get; } = new(
        "PLAIN_HTTP_ALLOWED",
        PostureSeverity.High,
        "Other machines are answered over https alone.",
        "Other machines are answered over plain http.",
        "Tokens, secrets and passwords can be read on their way.",
        "Put TLS in front of Signet, and turn it off.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        hosting.Value.AllowHttp ? [new PostureObject(PostureObjectKind.Setting, Setting, Setting, "true")] : []);
}
