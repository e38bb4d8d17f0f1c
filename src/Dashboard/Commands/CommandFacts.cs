namespace Dashboard.Commands;

/// <summary>Facts about one thing, one a line: <c>name:  value</c>. What a terminal would obey is shown, not obeyed.</summary>
internal sealed class CommandFacts
{
    private readonly List<(string Name, string Value)> _facts = [];

    /// <summary>Adds a fact; nothing where there is none.</summary>
    public void Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _facts.Add((name + ":", CommandText.Plain(value)));
        }
    }

    public void Write(TextWriter writer)
    {
        var width = _facts.Select(fact => fact.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, value) in _facts)
        {
            writer.WriteLine($"{name.PadRight(width)}  {value}");
        }
    }
}
