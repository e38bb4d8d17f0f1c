using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting.Queries;

namespace Dashboard.Hosting.Tokens;

/// <summary>The filter of the tokens page and of the API as text: the same names and values in the address of both.</summary>
public static class TokenQuery
{
    public const string Status = "status";
    public const string Kind = "kind";
    public const string Subject = "subject";
    public const string Client = "client";
    public const string Session = "session";
    public const string Family = "family";
    public const string Scope = "scope";
    public const string Key = "key";
    public const string IssuedFrom = "issued_from";
    public const string IssuedTo = "issued_to";
    public const string ExpiresFrom = "expires_from";
    public const string ExpiresTo = "expires_to";
    public const string RevokedFrom = "revoked_from";
    public const string NeverPresented = "never_presented";
    public const string Text = "q";

    private const int LongestValue = 255;

    /// <summary>Every name that <see cref="Read"/> looks up; it never sees others, so whoever must not overlook them compares.</summary>
    public static IReadOnlySet<string> Names { get; } = Write(new LedgerFilter()).Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>The same names for the API's description.</summary>
    internal static IReadOnlyList<ApiValue> Described { get; } =
    [
        new(Status, "What it may do now.") { Choices = [.. Enum.GetValues<TokenStatus>().Select(NameOf)] },
        new(Kind, "What it is for.") { Choices = [.. Enum.GetValues<TokenKind>().Select(kind => kind.Name)] },
        new(Subject, "Whoever it speaks for."),
        new(Client, "The client that it was given to."),
        new(Session, "The session that it came from."),
        new(Family, "The family of a refresh token."),
        new(Scope, "A scope that it has."),
        new(Key, "The kid of the key that signed it."),
        new(IssuedFrom, "Issued then or later.") { Kind = ApiValueKind.Time },
        new(IssuedTo, "Issued before then.") { Kind = ApiValueKind.Time },
        new(ExpiresFrom, "Expires then or later.") { Kind = ApiValueKind.Time },
        new(ExpiresTo, "Expires before then.") { Kind = ApiValueKind.Time },
        new(RevokedFrom, "Revoked then or later.") { Kind = ApiValueKind.Time },
        new(NeverPresented, "Only tokens that nobody has shown yet.") { Kind = ApiValueKind.Flag },
        new(Text, "The beginning of a jti, subject or client."),
    ];

    /// <summary>Reads a filter; <paramref name="find"/> gives the text of a name, or null.</summary>
    /// <param name="find">Looks a name up.</param>
    /// <param name="faults">What is wrong with which name; what is wrong does not filter.</param>
    public static LedgerFilter Read(Func<string, string?> find, out IReadOnlyList<FieldFault> faults)
    {
        var reader = new QueryReader(find, LongestValue);
        faults = reader.Faults;
        return new LedgerFilter
        {
            Status = reader.One(Status, text => Enum.TryParse<TokenStatus>(text, true, out var status) && text.All(char.IsAsciiLetter)
                ? status
                : (TokenStatus?)null, "must be live, expired or revoked"),
            Kind = reader.One(Kind, TokenKinds.Parse, "is not a kind of token"),
            Subject = reader.Text(Subject),
            Client = reader.Text(Client),
            Session = reader.Text(Session),
            Family = reader.Text(Family),
            Scope = reader.Text(Scope),
            KeyId = reader.Text(Key),
            IssuedFrom = reader.Time(IssuedFrom),
            IssuedTo = reader.Time(IssuedTo),
            ExpiresFrom = reader.Time(ExpiresFrom),
            ExpiresTo = reader.Time(ExpiresTo),
            RevokedFrom = reader.Time(RevokedFrom),
            NeverPresented = reader.One(NeverPresented, text => bool.TryParse(text, out var never) ? never : (bool?)null, "must be true or false") ?? false,
            Text = reader.Text(Text),
        };
    }

    /// <summary>The names and texts of a filter, null where it does not filter; <see cref="Read"/> understands them.</summary>
    public static IReadOnlyDictionary<string, object?> Write(LedgerFilter filter) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        [Status] = filter.Status is { } status ? NameOf(status) : null,
        [Kind] = filter.Kind?.Name,
        [Subject] = filter.Subject,
        [Client] = filter.Client,
        [Session] = filter.Session,
        [Family] = filter.Family,
        [Scope] = filter.Scope,
        [Key] = filter.KeyId,
        [IssuedFrom] = QueryTime.Write(filter.IssuedFrom),
        [IssuedTo] = QueryTime.Write(filter.IssuedTo),
        [ExpiresFrom] = QueryTime.Write(filter.ExpiresFrom),
        [ExpiresTo] = QueryTime.Write(filter.ExpiresTo),
        [RevokedFrom] = QueryTime.Write(filter.RevokedFrom),
        [NeverPresented] = filter.NeverPresented ? "true" : null,
        [Text] = filter.Text,
    };

    /// <summary>The name of a status in addresses and JSON.</summary>
    public static string NameOf(TokenStatus status) => status switch
    {
        TokenStatus.Live => "live",
        TokenStatus.Expired => "expired",
        TokenStatus.Revoked => "revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };
}
