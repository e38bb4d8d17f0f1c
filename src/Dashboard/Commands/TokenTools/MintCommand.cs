using System.CommandLine;
using Dashboard.Hosting.Tokens;

namespace Dashboard.Commands.TokenTools;

/// <summary><c>token mint</c>. The other names of its options are those of AgentUp's generator.</summary>
internal static class MintCommand
{
    private static readonly Option<string> Subject = new("--subject", "--user-id")
    {
        Description = "Whoever it speaks for (sub).",
        Required = true,
    };

    private static readonly Option<string[]> Scopes = new("--scopes", "--scope")
    {
        Description = "What it allows, separated by spaces or commas; may be empty.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Audience = new("--audience") { Description = "The API that it is for (aud); without it Signet's own audience." };

    private static readonly Option<string?> Client = new("--client", "--client-id") { Description = "The client that it is for." };

    private static readonly Option<TimeSpan?> ExpiresIn = DurationOption.Create(
        "--expires-in", "How long it lives: seconds, or 90s, 15m, 1h, 7d; without it what is configured.");

    private static readonly Option<string?> Algorithm = new("--algorithm") { Description = "What it is signed with; without it what is configured." };

    private static readonly Option<string?> Claims = new("--claims")
    {
        Description = "More claims, a JSON object. None may be one that the issuer sets, such as sub or exp.",
    };

    private static readonly Option<bool> Expired = new("--expired") { Description = "A test token that expired an hour ago." };

    private static readonly Option<bool> NotYetValid = new("--not-yet-valid") { Description = "A test token that begins in an hour." };

    private static readonly Option<bool> InvalidSignature = new("--invalid-signature") { Description = "A test token whose signature is wrong." };

    private static readonly Option<bool> WrongAudience = new("--wrong-audience") { Description = "A test token for an audience that nobody has." };

    private static readonly Option<string?> MissingClaim = new("--missing-claim")
    {
        Description = "A test token without this claim: sub, iss, exp, jti, iat or aud.",
    };

    private static readonly Option<string?> Format = new("--format")
    {
        Description = "token-only: the token and nothing else; header: an Authorization header; json: as --json. "
            + "Without it the token, and facts about it on standard error.",
    };

    static MintCommand()
    {
        MissingClaim.AcceptOnlyFromAmong("sub", "iss", "exp", "jti", "iat", "aud");
        Format.AcceptOnlyFromAmong(TokenFormats.TokenOnly, TokenFormats.Header, TokenFormats.Json);
    }

    public static Command Create(Verbs verbs) => verbs.Create(
        "mint",
        "Mints a token, as the page does, and prints it once. A test token, which has something wrong on purpose, is marked as one "
            + "in the ledger and never validates. --dry-run prints the claims and mints nothing.",
        (run, stop) => new MintRun(run, run.Parsed.GetValue(Format)).RunAsync(FormOf(run.Parsed), DefectsOf(run.Parsed), stop),
        Subject,
        Scopes,
        Audience,
        Client,
        ExpiresIn,
        Algorithm,
        Claims,
        Expired,
        NotYetValid,
        InvalidSignature,
        WrongAudience,
        MissingClaim,
        Format,
        VerbOptions.DryRun,
        VerbOptions.Reason);

    private static MintForm FormOf(ParseResult parsed) => new()
    {
        Subject = parsed.GetRequiredValue(Subject),
        Audience = parsed.GetValue(Audience),
        ClientId = parsed.GetValue(Client),
        Scopes = string.Join(' ', parsed.GetValue(Scopes) ?? []),
        ExpiresIn = (long?)parsed.GetValue(ExpiresIn)?.TotalSeconds,
        Algorithm = parsed.GetValue(Algorithm),
        Claims = parsed.GetValue(Claims),
    };

    private static IReadOnlyList<string> DefectsOf(ParseResult parsed)
    {
        (bool IsAsked, string Name)[] defects =
        [
            (parsed.GetValue(Expired), "expired"),
            (parsed.GetValue(NotYetValid), "not_yet_valid"),
            (parsed.GetValue(InvalidSignature), "invalid_signature"),
            (parsed.GetValue(WrongAudience), "wrong_audience"),
            (parsed.GetValue(MissingClaim) is not null, $"missing_claim:{parsed.GetValue(MissingClaim)}"),
        ];
        return [.. defects.Where(defect => defect.IsAsked).Select(defect => defect.Name)];
    }
}
