namespace Dashboard.Commands;

/// <summary>Rows below headings, as wide as what stands in them. What a terminal would obey is shown, not obeyed.</summary>
internal sealed class CommandTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [headings];

    /// <summary>Adds a row: as many cells as there are headings; null for nothing.</summary>
    public void Add(params ReadOnlySpan<string?> cells)
    {
        var row = new string[headings.Length];
        for (var column = 0; column < row.Length; column++)
        {
            row[column] = CommandText.Plain(cells[column]);
        }

        _rows.Add(row);
    }

    public void Write(TextWriter writer)
    {
        var widths = Enumerable.Range(0, headings.Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in _rows)
        {
            writer.WriteLine(string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
