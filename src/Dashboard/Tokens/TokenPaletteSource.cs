using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting;

namespace Dashboard.Tokens;

/// <summary>Finds tokens by the beginning of their jti, subject or client.</summary>
internal sealed class TokenPaletteSource(TokenDirectory directory, CurrentOperator current) : IPaletteSource
{
    private const int Most = 5;
    private const int LongestText = 200;

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length is 0 or > LongestText || !await current.MayAsync(Right.ReadTokens))
        {
            return [];
        }

        var page = await directory.ListAsync(new LedgerFilter { Text = text }, null, Most, cancellationToken);
        return [.. page.Items.Select(entry => new PaletteItem(entry.Subject, HintOf(entry), TokensAddress.OfToken(entry.TokenId), "Tokens"))];
    }

    private string HintOf(LedgerEntry entry) =>
        $"{(entry.Defect is null ? directory.StatusOf(entry).ToString() : "Test")} {entry.Kind.Name} · {(entry.Client is { } client ? client + " · " : "")}{entry.TokenId}";
}
