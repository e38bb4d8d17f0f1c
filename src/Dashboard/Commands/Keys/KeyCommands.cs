using System.CommandLine;

namespace Dashboard.Commands.Keys;

/// <summary><c>keys …</c>: what protects and signs, from the server's own console, whether Signet runs or not.</summary>
internal static class KeyCommands
{
    private static readonly Option<string?> NewKeyFile = new("--new-key-file")
    {
        Description = "The file of the new master key, made where it does not exist. Without it the present file is replaced.",
    };

    public static Command Create(Verbs verbs) => Verbs.Group(
        "keys",
        "What signs tokens, and what protects it.",
        verbs.CreateDestructive(
            "reencrypt",
            "Changes the master key: encrypts every key and secret in the store by a new one.",
            (run, stop) => new ReencryptRun(run, run.Parsed.GetValue(NewKeyFile)).RunAsync(stop),
            NewKeyFile));
}
