using System.Collections.ObjectModel;

namespace Dashboard.Commands.TokenTools;

/// <summary>One look at when tokens expire.</summary>
internal sealed class CheckExpiryRun(CommandRun run, TimeProvider clock, TimeSpan within)
{
    public async Task<int> RunAsync(string given, bool replaces, CancellationToken cancellationToken)
    {
        var (text, fault) = await ExpiringText.ReadAsync(run, given, cancellationToken);
        if (text is null)
        {
            return TokenInput.RefuseNothing(run, fault);
        }

        if (replaces && text.File is null)
        {
            return run.Refuse("INVALID", "--replace needs a file to write to.", ExitCodes.WrongUse);
        }

        var tokens = text.Judge(clock.GetUtcNow(), within);
        if (tokens.Count is 0)
        {
            return TokenInput.RefuseNothing(run, text.File is null ? "There is no token in that." : $"There is no token in {text.File}.");
        }

        return replaces && tokens.Any(token => token.IsDue)
            ? await new ReplaceRun(run, text, tokens).RunAsync(cancellationToken)
            : ExpiryAnswers.Of(run, text, tokens, ReadOnlyDictionary<string, Replacement>.Empty);
    }
}
