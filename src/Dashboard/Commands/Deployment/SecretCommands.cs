using System.CommandLine;
using Dashboard.Core.Primitives;

namespace Dashboard.Commands.Deployment;

/// <summary><c>secret generate</c>: something that nobody can guess, for settings that need it.</summary>
internal static class SecretCommands
{
    private static readonly Option<int> Length = new("--length")
    {
        Description = "How many characters, 32 to 1024; each is one of 64.",
        DefaultValueFactory = _ => 64,
    };

    static SecretCommands() => Length.Validators.Add(result =>
    {
        // What is no number is refused by the option itself.
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out var length) && length is < 32 or > 1_024)
        {
            result.AddError("--length must be 32 to 1024: shorter ones can be guessed.");
        }
    });

    public static Command Create(Verbs verbs) => Verbs.Group(
        "secret",
        "Secrets for settings.",
        verbs.Create(
            "generate",
            "Prints a random secret, such as HS256 signs with (JWT_SECRET). Needs no store.",
            (run, _) =>
            {
                var secret = Identifiers.NewSecret(run.Parsed.GetValue(Length));
                return Task.FromResult(run.Answer(new { secret }, secret));
            },
            Length));
}
