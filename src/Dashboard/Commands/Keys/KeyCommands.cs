using System.CommandLine;
using Dashboard.Core.Keys;

namespace Dashboard.Commands.Keys;

/// <summary><c>keys …</c>: what protects and signs, from the server's own console, whether Signet runs or not.</summary>
internal static class KeyCommands
{
    private const string Next = "next";

    private static readonly Argument<string> Kid = new("kid") { Description = "Which key." };

    private static readonly Argument<string> Source = FileSymbols.Argument(
        "file", "A private key as PEM or JWK, or a shared secret; - reads it from standard input.");

    private static readonly Option<string?> NewKeyFile = FileSymbols.Option(
        "--new-key-file", "The file of the new master key, made where it does not exist. Without it the present file is replaced.");

    private static readonly Option<string?> RingAlgorithm = new("--algorithm")
    {
        Description = "Whose keys: RS256, ES256, HS256 or PS256. The default algorithm's where not given.",
    };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Let the next key sign although services may not know it yet.",
    };

    private static readonly Option<bool> Revoke = new("--revoke")
    {
        Description = "Refuse from now on what the present key signed, because it may be in other hands.",
    };

    private static readonly Option<string?> ImportAlgorithm = new("--algorithm")
    {
        Description = "How it signs: RS256, ES256, HS256 or PS256. What the key says where not given; a secret needs HS256.",
    };

    private static readonly Option<string?> ImportKid = new("--kid")
    {
        Description = "What its tokens call it. What a JWK says, or a new one, where not given.",
    };

    private static readonly Option<string> State = new("--state")
    {
        Description = "previous to verify alone, next to sign after the next rotation in the place of the next key of now.",
        DefaultValueFactory = _ => "previous",
    };

    private static readonly Option<string> Format = new("--format")
    {
        Description = "pem or jwk.",
        DefaultValueFactory = _ => "pem",
    };

    static KeyCommands()
    {
        RingAlgorithm.AcceptOnlyFromAmong(Enum.GetNames<KeyAlgorithm>());
        ImportAlgorithm.AcceptOnlyFromAmong(Enum.GetNames<KeyAlgorithm>());
        State.AcceptOnlyFromAmong(Next, "previous");
        Format.AcceptOnlyFromAmong("pem", "jwk");
    }

    public static Command Create(Verbs verbs) => Verbs.Group(
        "keys",
        "What signs tokens, and what protects it.",
        verbs.Create("list", "Lists every key: its state, and what it signed.", (run, stop) => new KeyRun(run).ListAsync(stop)),
        verbs.Create(
            "show", "Shows one key.", (run, stop) => new KeyRun(run).ShowAsync(run.Parsed.GetRequiredValue(Kid), stop), Kid),
        verbs.CreateDestructive(
            "rotate",
            "Lets the next key sign, and makes another one to follow it. What the present key signed goes on being accepted, unless "
            + "it is revoked.",
            parsed => parsed.GetValue(Force) || parsed.GetValue(Revoke),
            (run, stop) => new RotateRun(run).RunAsync(
                KeyAlgorithms.Parse(run.Parsed.GetValue(RingAlgorithm)),
                run.Parsed.GetValue(Force),
                run.Parsed.GetValue(Revoke),
                stop),
            RingAlgorithm,
            Force,
            Revoke),
        verbs.CreateDestructive(
            "retire",
            "Takes a previous key out of the JWKS. Refused until the last token that it signed has expired.",
            (run, stop) => new RetireRun(run).RunAsync(run.Parsed.GetRequiredValue(Kid), stop),
            Kid),
        verbs.CreateDestructive(
            "import",
            "Brings a key here that was made elsewhere, so that what it signed goes on being accepted. As the next key it drops the one "
            + "that waits.",
            parsed => parsed.GetValue(State) is Next,
            (run, stop) => new ImportRun(run).RunAsync(
                run.Parsed.GetRequiredValue(Source),
                KeyAlgorithms.Parse(run.Parsed.GetValue(ImportAlgorithm)),
                run.Parsed.GetValue(ImportKid),
                run.Parsed.GetRequiredValue(State) is Next ? KeyState.Next : KeyState.Previous,
                stop),
            Source,
            ImportAlgorithm,
            ImportKid,
            State),
        verbs.Create(
            "export",
            "Prints the public part of a key, for services that fetch no JWKS.",
            (run, stop) => new KeyRun(run).ExportAsync(
                run.Parsed.GetRequiredValue(Kid), run.Parsed.GetRequiredValue(Format), stop),
            Kid,
            Format),
        verbs.CreateDestructive(
            "reencrypt",
            "Changes the master key: encrypts every key and secret in the store by a new one.",
            (run, stop) => new ReencryptRun(run, run.Parsed.GetValue(NewKeyFile)).RunAsync(stop),
            NewKeyFile));
}
