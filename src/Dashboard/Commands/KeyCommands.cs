using System.CommandLine;

namespace Dashboard.Commands;

/// <summary><c>keys …</c>: what protects and signs, from the server's own console, whether Signet runs or not.</summary>
internal static class KeyCommands
{
    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON." };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask before." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would happen, and change nothing." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "Why, for the audit log." };

    private static readonly Option<string?> NewKeyFile = new("--new-key-file")
    {
        Description = "The file of the new master key, made where it does not exist. Without it the present file is replaced.",
    };

    /// <summary>The verbs, with the settings that were given beside them.</summary>
    public static Command Create(string[] settings, CommandConsole console)
    {
        var reencrypt = new Command("reencrypt", "Changes the master key: encrypts every key and secret in the store by a new one.")
        {
            NewKeyFile, Reason, DryRun, Yes, Json,
        };
        reencrypt.SetAction((parsed, stop) => new ReencryptRun(
            settings,
            console,
            parsed.GetValue(NewKeyFile),
            new RunOptions(parsed.GetValue(Reason), parsed.GetValue(DryRun), parsed.GetValue(Yes)),
            parsed.GetValue(Json)).RunAsync(stop));

        return new Command("keys", "What signs tokens, and what protects it.") { reencrypt };
    }
}
