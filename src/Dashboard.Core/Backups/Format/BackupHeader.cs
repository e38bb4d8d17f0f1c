using System.Text.Json;

namespace Dashboard.Core.Backups.Format;

/// <summary>What stands at the head of a backup, readable by everybody who has the file and changed by nobody.</summary>
public sealed record BackupHeader
{
    /// <summary>Names this backup.</summary>
    public required string Id { get; init; }

    /// <summary>What was acknowledged by then is in it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The issuer of the deployment.</summary>
    public required string Issuer { get; init; }

    /// <summary>The kind of store that it was made of.</summary>
    public required string Store { get; init; }

    /// <summary>The number of the format of the tables in it.</summary>
    public required int StoreFormat { get; init; }

    /// <summary>The version of Signet that wrote it.</summary>
    public required string Program { get; init; }

    /// <summary>What opens it.</summary>
    public required BackupProtection Protection { get; init; }

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Options);

    /// <summary>Reads one.</summary>
    /// <exception cref="BackupRefusedException">It is none.</exception>
    internal static BackupHeader Read(byte[] json) => BackupJson.Read<BackupHeader>(json, "its head cannot be read.");
}

/// <summary>How the key of a backup is come by. Holds no secret.</summary>
public sealed record BackupProtection
{
    /// <summary><see cref="OfPassphrase"/> or <see cref="OfRecipient"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Random, of this backup alone.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>How often a passphrase is hashed.</summary>
    public int? Iterations { get; init; }

    /// <summary>Names the public key of the recipient.</summary>
    public string? Recipient { get; init; }

    /// <summary>The public key that was made for this backup alone.</summary>
    public byte[]? Ephemeral { get; init; }

    public const string OfPassphrase = "passphrase";

    public const string OfRecipient = "recipient";
}

/// <summary>How the parts of a backup that are no rows are written.</summary>
internal static class BackupJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads a part of a backup.</summary>
    /// <exception cref="BackupRefusedException">It is not what it should be.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, string fault)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw BackupRefusedException.Damaged(fault);
        }
        catch (JsonException exception)
        {
            throw BackupRefusedException.Damaged(fault, exception);
        }
    }
}
