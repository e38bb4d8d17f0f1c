using Dashboard.Controls;
using Dashboard.Hosting.Failures;

namespace Dashboard.Failures;

/// <summary>Which colour each code has. One that is shown keeps its own, whatever its number becomes while somebody looks.</summary>
internal sealed class CodeSlots
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    /// <summary>The codes in the order of their colours; as many as there are colours at most.</summary>
    public IReadOnlyList<(CodeCounts Counts, int Slot)> Arrange(IReadOnlyList<CodeCounts> codes)
    {
        var shown = codes.Select(code => code.Code).ToHashSet(StringComparer.Ordinal);
        var taken = _slots.Where(slot => shown.Contains(slot.Key)).Select(slot => slot.Value).ToHashSet();
        foreach (var code in codes.Where(code => !_slots.ContainsKey(code.Code)))
        {
            var slot = Enumerable.Range(1, ChartSeries.Slots).First(slot => !taken.Contains(slot));
            foreach (var gone in _slots.Where(other => other.Value == slot).Select(other => other.Key).ToList())
            {
                _slots.Remove(gone);
            }

            _slots[code.Code] = slot;
            taken.Add(slot);
        }

        return [.. codes.Select(code => (code, _slots[code.Code])).OrderBy(code => code.Item2)];
    }
}
