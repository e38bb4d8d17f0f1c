using System.CommandLine;

namespace Dashboard.Commands.TokenTools;

/// <summary><c>token decode</c>.</summary>
internal static class DecodeCommand
{
    private static readonly Argument<string> Token = TokenInput.Create();

    public static Command Create(Verbs verbs) => verbs.Create(
        "decode",
        "Shows what stands in a token: header, claims, times, and what is odd about it. Verifies nothing and needs no store.",
        (run, stop) => new DecodeRun(run, TimeProvider.System).RunAsync(run.Parsed.GetRequiredValue(Token), stop),
        Token);
}
