namespace Dashboard.Commands.TokenTools;

/// <summary>What became of a token that was to be replaced.</summary>
/// <param name="TokenId">The new one's <c>jti</c>; null where there is none.</param>
/// <param name="Why">Why there is none; null where there is one.</param>
internal sealed record Replacement(string? TokenId, string? Why);

/// <summary>What is answered about tokens that expire. A token itself is never printed.</summary>
internal static class ExpiryAnswers
{
    public static int Of(
        CommandRun run,
        ExpiringText text,
        IReadOnlyList<ExpiringToken> tokens,
        IReadOnlyDictionary<string, Replacement> replacements)
    {
        var isGood = tokens.All(token =>
            token.State is ExpiryState.Valid || replacements.GetValueOrDefault(token.Text)?.TokenId is not null);
        return run.Answer(
            FactsOf(text, tokens, replacements),
            writer =>
            {
                var table = new CommandTable("LINE", "SUBJECT", "ISSUER", "EXPIRES", "STATE");
                foreach (var token in tokens)
                {
                    table.Add(
                        CommandText.Number(token.Line),
                        token.Content?.Subject,
                        token.Content?.Issuer,
                        CommandText.Time(token.Content?.ExpiresAt),
                        StateOf(token, replacements.GetValueOrDefault(token.Text)));
                }

                table.Write(writer);
            },
            isGood ? ExitCodes.Done : ExitCodes.No);
    }

    /// <summary>The same for scripts.</summary>
    public static object FactsOf(
        ExpiringText text, IReadOnlyList<ExpiringToken> tokens, IReadOnlyDictionary<string, Replacement> replacements)
    {
        var facts = tokens.Select(token => new
        {
            token.Line,
            token.State,
            jti = token.Content?.TokenId,
            token.Content?.Subject,
            token.Content?.Issuer,
            token.Content?.IssuedAt,
            token.Content?.NotBefore,
            token.Content?.ExpiresAt,
            expires_in = (long?)token.Left?.TotalSeconds,
            token.Fault,
            replaced_by = replacements.GetValueOrDefault(token.Text)?.TokenId,
            not_replaced = replacements.GetValueOrDefault(token.Text)?.Why,
        });
        return new { text.File, tokens = facts.ToList() };
    }

    private static string StateOf(ExpiringToken token, Replacement? replacement)
    {
        var state = token.State switch
        {
            ExpiryState.Valid => $"valid for {CommandText.Span(token.Left!.Value)}",
            ExpiryState.Expiring => $"EXPIRES in {CommandText.Span(token.Left!.Value)}",
            ExpiryState.Expired => $"EXPIRED {CommandText.Span(token.Left!.Value)} ago",
            ExpiryState.Undated => "HAS NO EXPIRY that could be read",
            _ => $"NO TOKEN that could be read: {token.Fault}",
        };
        return replacement switch
        {
            null => state,
            { TokenId: { } tokenId } => $"{state}; replaced by {tokenId}",
            { Why: var why } => $"{state}; not replaced: {why}",
        };
    }
}
