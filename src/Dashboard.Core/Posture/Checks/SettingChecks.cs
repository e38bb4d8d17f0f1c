using System.Globalization;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Webhooks;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Posture.Checks;

/// <summary>An issuer that others reach unprotected.</summary>
internal sealed class InsecureIssuerCheck(IOptions<SignetOptions> signet) : IPostureCheck
{
    private const string Setting = $"{SignetOptions.Section}:{nameof(SignetOptions.Issuer)}";

    public PostureRule Rule { get; } = new(
        "ISSUER_NOT_HTTPS",
        PostureSeverity.High,
        "The issuer is an https address.",
        "The issuer is an http address.",
        "Verifiers fetch our keys from it: whoever stands between gives them keys of their own.",
        "Put TLS in front of Signet, and name the https address.");

    // On this machine alone there is nobody between.
    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        Uri.TryCreate(signet.Value.Issuer, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback
            ? [new PostureObject(PostureObjectKind.Setting, Setting, Setting, signet.Value.Issuer)]
            : []);
}

/// <summary>An audience that other deployments have, too.</summary>
internal sealed class DefaultAudienceCheck(IOptions<SignetOptions> signet) : IPostureCheck
{
    private const string Setting = $"{SignetOptions.Section}:{nameof(SignetOptions.Audience)}";

    public PostureRule Rule { get; } = new(
        "AUDIENCE_DEFAULT",
        PostureSeverity.Low,
        "The audience is this deployment's own.",
        "The audience is the one that every Signet begins with.",
        "An API that trusts several Signets cannot tell by the audience whose tokens are meant for it.",
        "Choose a name of your own, such as the address of the API.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        signet.Value.Audience == new SignetOptions().Audience
            ? [new PostureObject(PostureObjectKind.Setting, Setting, Setting, signet.Value.Audience)]
            : []);
}

/// <summary>A key that lies beside what it locks.</summary>
internal sealed class MasterKeyPlaceCheck(
    MasterKeySource source, IOptions<SignetOptions> signet, IOptions<StorageOptions> storage) : IPostureCheck
{
    private const PostureObjectKind Kind = PostureObjectKind.Setting;

    public PostureRule Rule { get; } = new(
        "MASTER_KEY_BESIDE_DATA",
        PostureSeverity.Medium,
        "The master key is kept apart from the data.",
        "The master key lies beside the data that it seals.",
        "Whoever copies the folder, or finds a copy of the disk, has the signing keys.",
        $"Keep it elsewhere: {MasterKeyOptions.FileSetting} names its file.");

    // Redis is elsewhere, whatever lies in the folder.
    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        storage.Value.Kind is StorageOptions.Sqlite && source.PresentFile is { } file && IsBelow(signet.Value.DataFolder, file)
            ? [new PostureObject(Kind, MasterKeyOptions.FileSetting, MasterKeyOptions.FileSetting, Path.GetFullPath(file))]
            : []);

    private static bool IsBelow(string folder, string file) =>
        !Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(file)).StartsWith("..", StringComparison.Ordinal);
}

/// <summary>Issuers that may have us call into our own network.</summary>
internal sealed class PrivateIssuerCheck(IOptions<TrustedIssuersOptions> issuers) : IPostureCheck
{
    public PostureRule Rule { get; } = new(
        "ISSUER_ADDRESS_PRIVATE",
        PostureSeverity.Low,
        "Keys of trusted issuers are fetched from public addresses alone.",
        "Keys of trusted issuers may be fetched from private addresses.",
        "A name that is made to lead elsewhere has Signet call machines of the own network.",
        "Turn it off where the issuer is a public one.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        issuers.Value.TrustedIssuers
            .Select((issuer, number) => (Issuer: issuer, Key: KeyOf(number)))
            .Where(item => item.Issuer.AllowPrivateAddresses)
            .Select(item => new PostureObject(PostureObjectKind.Setting, item.Key, item.Issuer.Name ?? item.Issuer.Issuer, item.Key)));

    private static string KeyOf(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"{TrustedIssuersOptions.Section}:TrustedIssuers:{number}:{nameof(TrustedIssuerOptions.AllowPrivateAddresses)}");
}

/// <summary>Webhooks that may call into our own network.</summary>
internal sealed class PrivateWebhookCheck(IOptions<WebhookOptions> webhooks) : IPostureCheck
{
    private const string Setting = $"{WebhookOptions.Section}:{nameof(WebhookOptions.AllowPrivateAddresses)}";

    public PostureRule Rule { get; } = new(
        "WEBHOOK_ADDRESS_PRIVATE",
        PostureSeverity.Medium,
        "Webhooks reach private addresses only where they are named.",
        "Any webhook may reach private addresses.",
        "Whoever may make a webhook has Signet call any machine of the own network, over plain http too.",
        "Name the few hosts that need it (Webhooks:AllowedHosts) instead.");

    public Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) => PostureOffences.Of(
        webhooks.Value.AllowPrivateAddresses ? [new PostureObject(PostureObjectKind.Setting, Setting, Setting, "true")] : []);
}
