using System.CommandLine;

namespace Dashboard.Commands.TokenTools;

/// <summary><c>token check-expiry</c>.</summary>
internal static class CheckExpiryCommand
{
    private static readonly TimeSpan UsualWithin = TimeSpan.FromHours(1);

    private static readonly Argument<string> Source = new("token-or-file")
    {
        Description = "A token, a text file with tokens in it such as an HTML page, an .env or JSON, or - for standard input.",
    };

    private static readonly Option<TimeSpan?> Within = DurationOption.Create(
        "--within", "How long it must be good for yet: seconds, or 90s, 15m, 1h, 7d; without it 1h.");

    private static readonly Option<bool> Replace = new("--replace")
    {
        Description = "Write a freshly minted token in the place of each that is about to expire or has. Only for tokens that were minted "
            + "here by hand; the rest of the file stays as it is.",
    };

    public static Command Create(Verbs verbs) => verbs.CreateDestructive(
        "check-expiry",
        "Says when tokens expire, of every token in a text with its line. Ends with 1 where one has expired or is about to. Verifies "
            + "nothing; without --replace it needs no store.",
        parsed => parsed.GetValue(Replace),
        (run, stop) => new CheckExpiryRun(run, TimeProvider.System, run.Parsed.GetValue(Within) ?? UsualWithin)
            .RunAsync(run.Parsed.GetRequiredValue(Source), run.Parsed.GetValue(Replace), stop),
        Source,
        Within,
        Replace);
}
