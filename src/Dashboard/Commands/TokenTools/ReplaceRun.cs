using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Renewal;

namespace Dashboard.Commands.TokenTools;

/// <summary>Puts freshly minted tokens in the places of those in a file that are about to expire or have.</summary>
internal sealed class ReplaceRun(CommandRun run, ExpiringText text, IReadOnlyList<ExpiringToken> tokens)
{
    private readonly Dictionary<string, Replacement> _replacements = new(StringComparer.Ordinal);

    public Task<int> RunAsync(CancellationToken cancellationToken) => run.WithCoreAsync(
        async services =>
        {
            var possible = await JudgeAsync(services.GetRequiredService<TokenRenewals>(), cancellationToken);
            if (possible.Count is 0)
            {
                return ExpiryAnswers.Of(run, text, tokens, _replacements);
            }

            return run.Settle(ConsequenceOf(possible), ExpiryAnswers.FactsOf(text, tokens, _replacements))
                ?? await ReplaceAsync(services.GetRequiredService<TokenIssuer>(), possible, cancellationToken);
        },
        cancellationToken);

    private async Task<Dictionary<string, TokenRenewal.Possible>> JudgeAsync(TokenRenewals renewals, CancellationToken cancellationToken)
    {
        Dictionary<string, TokenRenewal.Possible> possible = new(StringComparer.Ordinal);
        foreach (var token in tokens.Where(token => token.IsDue).Select(token => token.Text).Distinct(StringComparer.Ordinal))
        {
            switch (await renewals.JudgeAsync(token, CommandRun.Who, cancellationToken))
            {
                case TokenRenewal.Possible renewal:
                    possible[token] = renewal;
                    break;
                case TokenRenewal.Impossible { Why: var why }:
                    _replacements[token] = new Replacement(null, why);
                    break;
            }
        }

        return possible;
    }

    private string ConsequenceOf(Dictionary<string, TokenRenewal.Possible> possible)
    {
        var lines = string.Join(", ", tokens.Where(token => possible.ContainsKey(token.Text))
            .Select(token => $"line {token.Line} (of {CommandText.Plain(possible[token.Text].Old.Subject)})"));
        var left = _replacements.Values.Select(replacement => $" One is not replaced: {CommandText.Plain(replacement.Why)}");
        return $"In {text.File} a new token is minted and written in the place of the one on {lines}. The old one stays good until it "
            + $"expires.{string.Concat(left)}";
    }

    private async Task<int> ReplaceAsync(
        TokenIssuer issuer, Dictionary<string, TokenRenewal.Possible> possible, CancellationToken cancellationToken)
    {
        Dictionary<string, string> minted = new(StringComparer.Ordinal);
        try
        {
            // Before anything is minted: what cannot be written must not be.
            using var file = FileReplacement.Begin(text.File!);
            foreach (var (token, renewal) in possible)
            {
                await MintAsync(issuer, token, renewal, minted, cancellationToken);
            }

            if (!text.IsCurrent())
            {
                return Fail("FILE_CHANGED", $"{text.File} was changed meanwhile, and so was left as it is. Try again.");
            }

            file.Commit(text.With(tokens, minted));
        }
        catch (HalfWrittenException exception)
        {
            return run.Refuse("FILE_HALF_WRITTEN", exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail("FILE_NOT_WRITTEN", $"{text.File} could not be written, and so is as it was.");
        }

        return ExpiryAnswers.Of(run, text, tokens, _replacements);
    }

    private async Task MintAsync(
        TokenIssuer issuer, string token, TokenRenewal.Possible renewal, Dictionary<string, string> minted, CancellationToken cancellationToken)
    {
        var request = renewal.Request with { Reason = ReasonFor(renewal) };
        switch (await issuer.IssueAsync(request, cancellationToken))
        {
            case TokenIssueOutcome.Issued issued:
                minted[token] = issued.Token;
                _replacements[token] = new Replacement(issued.TokenId, null);
                break;
            case TokenIssueOutcome.Invalid { Faults: [var fault, ..] }:
                _replacements[token] = new Replacement(null, $"its {fault.Field} {fault.Message}.");
                break;
        }
    }

    private string ReasonFor(TokenRenewal.Possible renewal) => run.Parsed.GetValue(VerbOptions.Reason) is { Length: > 0 }
        ? run.Reason
        : $"In place of {renewal.Old.TokenId}, which expires at {CommandText.Time(renewal.Old.ExpiresAt)}";

    private int Fail(string code, string message)
    {
        var lost = _replacements.Values.Select(replacement => replacement.TokenId).OfType<string>().ToList();
        return run.Refuse(code, lost is []
            ? message
            : $"{message} Nobody has the tokens that were minted for it; they expire by themselves: {string.Join(", ", lost)}.");
    }
}
