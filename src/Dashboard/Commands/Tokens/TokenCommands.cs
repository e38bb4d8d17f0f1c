using System.CommandLine;

namespace Dashboard.Commands.Tokens;

/// <summary><c>tokens …</c>: what was issued, and its end.</summary>
internal static class TokenCommands
{
    private static readonly Argument<string> Jti = new("jti") { Description = "Which: its jti, as tokens list shows it." };

    public static Command Create(Verbs verbs) => Verbs.Group(
        "tokens",
        "What was issued to whom, and its revocation.",
        verbs.Create(
            "list",
            "Lists issued tokens, newest first.",
            (run, stop) => run.WithCoreAsync(services => new TokenReading(run, services).ListAsync(stop), stop),
            TokenFilter.Options.OfList),
        verbs.Create(
            "show",
            "Shows one token: what it says, and its whole life.",
            (run, stop) => run.WithCoreAsync(
                services => new TokenReading(run, services).ShowAsync(run.Parsed.GetRequiredValue(Jti), stop), stop),
            Jti),
        RevokeCommand.Create(verbs),
        verbs.CreateDestructive(
            "purge",
            "Deletes at once what has outlived its retention, of every kind. A running server does so every hour by itself, and now because of this.",
            (run, stop) => run.WithCoreAsync(services => new TokenPurge(run, services).RunAsync(stop), stop)));
}
