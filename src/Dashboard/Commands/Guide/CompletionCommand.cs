using System.CommandLine;

namespace Dashboard.Commands.Guide;

/// <summary>
/// <c>completion &lt;shell&gt;</c>: a script that lets a shell complete verbs and options. It asks the program itself, so it knows
/// what this version knows.
/// </summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] =
            """
            # signet: put this into ~/.bashrc, or: source <(signet completion bash)
            _signet_complete() {
                local IFS=$'\n'
                COMPREPLY=( $(signet "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null) )
            }
            complete -o default -F _signet_complete signet
            """,
        ["zsh"] =
            """
            # signet: put this into ~/.zshrc, or: source <(signet completion zsh)
            _signet_complete() {
                local -a found
                found=("${(@f)$(signet "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -a found
            }
            compdef _signet_complete signet
            """,
        ["fish"] =
            """
            # signet: signet completion fish > ~/.config/fish/completions/signet.fish
            function __signet_complete
                set -l line (commandline -cp)
                signet "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -f -c signet -a '(__signet_complete)'
            """,
        ["pwsh"] =
            """
            # signet: put this into $PROFILE, or: signet completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName signet -ScriptBlock {
                param($word, $line, $position)
                signet "[suggest:$position]" "$line" 2>$null | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };

    private static readonly Argument<string> Shell = new("shell") { Description = "bash, zsh, fish or pwsh." };

    static CompletionCommand() => Shell.AcceptOnlyFromAmong([.. Scripts.Keys]);

    public static Command Create(Verbs verbs) => verbs.Create(
        "completion",
        "Prints a script with which a shell completes verbs and options.",
        (run, _) =>
        {
            var shell = run.Parsed.GetRequiredValue(Shell);
            return Task.FromResult(run.Answer(new { shell, script = Scripts[shell] }, Scripts[shell]));
        },
        Shell);
}
