using System.CommandLine;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Making;

namespace Dashboard.Commands.Gateway;

/// <summary>Where the key that a gateway signed with comes from: a file, or the gateway's own settings.</summary>
internal static class GatewayKeySource
{
    private const string GatewaySecret = "GATEWAY_JWT_SECRET";
    private const string Algorithm = "JWT_ALGORITHM";

    public static readonly Option<FileInfo?> KeyFile = new("--key-file")
    {
        Description = "The gateway's private key (JWT_PRIVATE_KEY_B64): a PEM, in base64 or as it is. Without it the environment has it.",
    };

    public static readonly Option<FileInfo?> SecretFile = new("--secret-file")
    {
        Description = "The gateway's secret (JWT_SECRET), where it signs with HS256. Without it the environment has it.",
    };

    /// <summary>Null where none is given: then one that was brought here before is meant.</summary>
    public static async Task<KeyImport?> ReadAsync(CommandRun run, IConfiguration settings, CancellationToken cancellationToken)
    {
        if (run.Parsed.GetValue(KeyFile) is { } keyFile)
        {
            return OfKey(await File.ReadAllTextAsync(keyFile.FullName, cancellationToken), run.Reason);
        }

        if (run.Parsed.GetValue(SecretFile) is { } secretFile)
        {
            return OfSecret(await File.ReadAllTextAsync(secretFile.FullName, cancellationToken), run.Reason);
        }

        var secret = settings[GivenKeyOptions.SecretSetting] ?? settings[GatewaySecret];
        var signsWithSecret = "HS256".Equals(settings[Algorithm], StringComparison.OrdinalIgnoreCase);
        return settings[GivenKeyOptions.PrivateKeySetting] is { Length: > 0 } key && !signsWithSecret ? OfKey(key, run.Reason)
            : !string.IsNullOrEmpty(secret) ? OfSecret(secret, run.Reason)
            : null;
    }

    private static KeyImport OfKey(string text, string reason) =>
        new(KeyReader.PlainOf(text), null, null, KeyState.Previous, reason);

    private static KeyImport OfSecret(string text, string reason) =>
        new(text, KeyAlgorithm.HS256, null, KeyState.Previous, reason);
}
