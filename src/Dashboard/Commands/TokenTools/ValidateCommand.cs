using System.CommandLine;
using Dashboard.Core.Scopes;

namespace Dashboard.Commands.TokenTools;

/// <summary><c>token validate</c>.</summary>
internal static class ValidateCommand
{
    private static readonly Argument<string> Token = TokenInput.Create();

    private static readonly Option<string?> Audience = new("--audience") { Description = "The API that it is shown to; without it Signet's own audience." };

    private static readonly Option<string[]> Scopes = new("--scope", "--scopes")
    {
        Description = "A scope that it must grant; several separated by spaces or commas, or the option again.",
    };

    private static readonly Option<string?> Fingerprint = new("--fingerprint") { Description = "The X-Client-Fingerprint that came with it." };

    private static readonly Option<DateTimeOffset?> At = new("--at") { Description = "The clock to judge by, such as 2030-01-01T12:00:00Z; without it now." };

    private static readonly Option<string?> Key = FileSymbols.Option(
        "--key", "Judge a token of anybody by the public key in this file alone, a PEM or a JWK or a set of them. No store is needed.");

    private static readonly Option<string?> SecretFile = FileSymbols.Option(
        "--secret-file", "The same by the shared secret in this file, for HS256.");

    private static readonly Option<string?> Issuer = new("--issuer") { Description = "With a key: the issuer that the token must name." };

    private static readonly Option<bool> NoVerify = new("--no-verify") { Description = "Verify nothing: the same as token decode." };

    public static Command Create(Verbs verbs) => verbs.Create(
        "validate",
        "Judges a token by every check, and says why it is refused and what to do. Ends with 1 where it is refused. Counts as no "
            + "presentation and records nothing, as the inspector.",
        (run, stop) =>
        {
            var token = run.Parsed.GetRequiredValue(Token);
            return run.Parsed.GetValue(NoVerify)
                ? new DecodeRun(run, TimeProvider.System).RunAsync(token, stop)
                : new ValidateRun(run, QuestionOf(run.Parsed)).RunAsync(token, stop);
        },
        Token,
        Audience,
        Scopes,
        Fingerprint,
        At,
        Key,
        SecretFile,
        Issuer,
        NoVerify);

    private static TokenQuestion QuestionOf(ParseResult parsed) => new()
    {
        Audience = parsed.GetValue(Audience),
        Scopes = [.. (parsed.GetValue(Scopes) ?? []).SelectMany(ScopeText.Split)],
        Fingerprint = parsed.GetValue(Fingerprint),
        At = parsed.GetValue(At),
        KeyFile = parsed.GetValue(Key),
        SecretFile = parsed.GetValue(SecretFile),
        Issuer = parsed.GetValue(Issuer),
    };
}
