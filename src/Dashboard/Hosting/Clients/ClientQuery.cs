using Dashboard.Core.Clients;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Queries;

namespace Dashboard.Hosting.Clients;

/// <summary>The filter of the clients page and of the API as text: the same names and values in the address of both.</summary>
/// <param name="Status">What they may do now; null for all that have not ended.</param>
/// <param name="Origin">Where they came from; null for anywhere.</param>
/// <param name="IsPublic">Public or confidential ones; null for both.</param>
/// <param name="Text">The beginning of an id or name; null for any.</param>
public sealed record ClientQuery(
    ClientStanding? Status = null, ClientOrigin? Origin = null, bool? IsPublic = null, string? Text = null)
{
    private const string StatusName = "status";
    private const string OriginName = "origin";
    private const string TypeName = "type";
    private const string TextName = "q";

    private const int LongestText = 200;

    /// <summary>The same names for the API's description.</summary>
    internal static IReadOnlyList<ApiValue> Described { get; } =
    [
        new(StatusName, "What they may do now; all that have not ended without it.") { Choices = [.. ClientNames.StandingNames.Keys] },
        new(OriginName, "Where they came from.") { Choices = [.. ClientNames.OriginNames.Keys] },
        new(TypeName, "Public or confidential ones.") { Choices = [.. ClientNames.TypeNames.Keys] },
        new(TextName, "The beginning of an id or name."),
    ];

    /// <summary>Reads a filter; <paramref name="find"/> gives the text of a name, or null.</summary>
    /// <param name="find">Looks a name up.</param>
    /// <param name="faults">What is wrong with which name; what is wrong does not filter.</param>
    public static ClientQuery Read(Func<string, string?> find, out IReadOnlyList<FieldFault> faults)
    {
        var reader = new QueryReader(find, LongestText);
        faults = reader.Faults;
        return new ClientQuery(
            reader.Choice(StatusName, ClientNames.StandingNames),
            reader.Choice(OriginName, ClientNames.OriginNames),
            reader.Choice(TypeName, ClientNames.TypeNames),
            reader.Text(TextName));
    }

    /// <summary>The names and texts, null where it does not filter; <see cref="Read"/> understands them.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Write() =>
    [
        new(StatusName, Status is { } status ? ClientNames.NameOf(status) : null),
        new(OriginName, Origin is { } origin ? ClientNames.NameOf(origin) : null),
        new(TypeName, IsPublic is { } isPublic ? ClientNames.NameOfType(isPublic) : null),
        new(TextName, Text),
    ];

    /// <summary>The same for the core.</summary>
    public ClientFilter ToFilter() => new() { Standing = Status, Origin = Origin, IsPublic = IsPublic, Search = Text };
}
