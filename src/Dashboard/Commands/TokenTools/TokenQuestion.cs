using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Commands.TokenTools;

/// <summary>What a token is judged against, as typed.</summary>
internal sealed record TokenQuestion
{
    private const int LongestFile = 1024 * 1024;

    public string? Audience { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string? Fingerprint { get; init; }

    public DateTimeOffset? At { get; init; }

    public string? KeyFile { get; init; }

    public string? SecretFile { get; init; }

    public string? Issuer { get; init; }

    /// <summary>For the core: an inspection, as the inspector's. Null and why where the question cannot be asked.</summary>
    public ValidationContext? Read(out string fault)
    {
        fault = "";
        var key = ReadKey(ref fault);
        if (fault is not "")
        {
            return null;
        }

        return new ValidationContext
        {
            Use = TokenUse.AsItLooks,
            Audience = Audience,
            RequiredScopes = Scopes,
            Fingerprint = Fingerprint,
            At = At,
            IsHandedOn = true,
            AcceptsTrustedIssuers = true,
            Key = key is null ? null : key with { Issuer = Issuer },
        };
    }

    private GivenKey? ReadKey(ref string fault)
    {
        if (KeyFile is not null && SecretFile is not null)
        {
            fault = "Give --key or --secret-file, not both: one key signed the token.";
            return null;
        }

        if (Issuer is not null && (KeyFile ?? SecretFile) is null)
        {
            fault = "--issuer goes with --key or --secret-file: without them the token must be of this Signet or of an issuer that it trusts.";
            return null;
        }

        if ((KeyFile ?? SecretFile) is not { } file || TextOf(file, ref fault) is not { } text)
        {
            return null;
        }

        var key = KeyFile is null ? GivenKeyReader.ReadSecret(text, out var wrong) : GivenKeyReader.ReadPublicKey(text, out wrong);
        fault = key is null ? $"The file {file} {wrong}.{(KeyFile is null ? "" : " A secret is given by --secret-file.")}" : fault;
        return key;
    }

    private static string? TextOf(string file, ref string fault)
    {
        try
        {
            if (new FileInfo(file).Length <= LongestFile)
            {
                return File.ReadAllText(file);
            }

            fault = $"The file {file} is too large for a key.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fault = $"The file {file} cannot be read.";
        }

        return null;
    }
}
