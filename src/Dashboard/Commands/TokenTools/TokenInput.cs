using System.CommandLine;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Inspection.LibraryErrors;

namespace Dashboard.Commands.TokenTools;

/// <summary>A token as it is given to a verb: itself, whatever holds it, or <c>-</c> for standard input.</summary>
internal static class TokenInput
{
    private const string StandardInput = "-";

    public static Argument<string> Create() => new("token")
    {
        Description = "The token, or what holds it: a header, a curl command, a log line. - reads standard input, so that the token stands "
            + "in no list of processes and no history.",
    };

    /// <summary>True where it is to be read from standard input.</summary>
    public static bool IsStandardInput(string given) => given is StandardInput;

    /// <summary>
    /// The text that was given or read. No more is read than an inspection looks at, and one character by which more is noticed.
    /// </summary>
    public static async Task<string> ReadAsync(CommandRun run, string given, CancellationToken cancellationToken)
    {
        if (!IsStandardInput(given))
        {
            return given;
        }

        var buffer = new char[PastedTextReader.LongestText + 1];
        return new string(buffer, 0, await run.Console.In().ReadBlockAsync(buffer, cancellationToken));
    }

    /// <summary>The token in a text, or null and what there is instead, in sentences.</summary>
    public static PastedText.Token? Find(CommandRun run, string text, out string fault)
    {
        fault = "";
        switch (PastedTextReader.Read(text))
        {
            case PastedText.Token token:
                if (token.Others > 0)
                {
                    run.Note($"Other tokens in the text were left aside: {token.Others}.");
                }

                return token;
            case PastedText.FailureReference { RequestId: var reference }:
                fault = $"That is the reference of a failure and no token. Signet's page /failures/{reference} tells what failed.";
                return null;
            case PastedText.ErrorText:
                var error = LibraryErrorCatalogue.FindIn(text)[0];
                fault = $"That is an error text of {error.Library.Name} and no token. {error.Cause} {error.Cure}";
                return null;
            default:
                fault = "There is no token in that.";
                return null;
        }
    }

    /// <summary>Says that there was nothing to work on. Gives the exit code.</summary>
    public static int RefuseNothing(CommandRun run, string fault) => run.Refuse("NO_TOKEN", fault, ExitCodes.WrongUse);
}
