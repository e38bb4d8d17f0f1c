using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Operators;
using Dashboard.Hosting;

namespace Dashboard.Operators;

/// <summary>Finds operators by a part of their name.</summary>
internal sealed class OperatorPaletteSource(OperatorDirectory operators, CurrentOperator current) : IPaletteSource
{
    private const int Most = 5;

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken) =>
        text.Length is 0 or > UserNames.MaximumLength || !await current.MayAsync(Right.ReadOperators)
            ? []
            : [.. operators.All.Where(OperatorsAddress.Of(text, null).Matches).Take(Most).Select(ItemOf)];

    private static PaletteItem ItemOf(OperatorAccount account) => new(
        account.UserName,
        $"{OperatorWords.TitleOf(account.Role)} · {OperatorWords.StateOf(account)}",
        OperatorsAddress.OfOperator(account.Id),
        "Operators");
}
