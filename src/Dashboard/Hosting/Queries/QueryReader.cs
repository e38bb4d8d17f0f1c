using Dashboard.Core.Primitives;

namespace Dashboard.Hosting.Queries;

/// <summary>Reads the filter of a list, name by name, and keeps what is wrong with which. What is wrong does not filter.</summary>
/// <param name="find">Gives the text of a name, or null or nothing: from a query, an address or a command.</param>
/// <param name="longest">How many characters a text may have.</param>
internal sealed class QueryReader(Func<string, string?> find, int longest)
{
    private readonly List<FieldFault> _faults = [];

    public IReadOnlyList<FieldFault> Faults => _faults;

    public string? Text(string name)
    {
        var text = find(name) is { Length: > 0 } given ? given : null;
        if (text?.Length > longest)
        {
            Refuse(name, $"must be at most {longest} characters");
            return null;
        }

        return text;
    }

    /// <summary>A text that means something.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parse">Says what it means; null for nothing.</param>
    /// <param name="fault">What is said of one that means nothing.</param>
    public T? One<T>(string name, Func<string, T?> parse, string fault)
        where T : struct
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var value = parse(text);
        if (value is null)
        {
            Refuse(name, fault);
        }

        return value;
    }

    /// <summary>One of the names that there are.</summary>
    public T? Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct =>
        One(name, text => choices.TryGetValue(text, out var value) ? value : (T?)null, $"must be one of {string.Join(", ", choices.Keys)}");

    public DateTimeOffset? Time(string name) => One(name, QueryTime.Parse, QueryTime.Fault);

    /// <summary>Says what is wrong with a name; the first thing that is.</summary>
    public void Refuse(string name, string message)
    {
        if (!_faults.Exists(fault => fault.Field == name))
        {
            _faults.Add(new FieldFault(name, message));
        }
    }
}
