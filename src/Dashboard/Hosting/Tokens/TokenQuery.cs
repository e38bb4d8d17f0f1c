using System.Globalization;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting;

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

    /// <summary>What is said of a moment that cannot be read.</summary>
    public const string TimeFault = "must be a date and time such as 2026-01-15T09:30:00Z";

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
        List<FieldFault> found = [];
        faults = found;
        return new LedgerFilter
        {
            Status = One(Status, text => Enum.TryParse<TokenStatus>(text, true, out var status) && text.All(char.IsAsciiLetter)
                ? status
                : (TokenStatus?)null, "must be live, expired or revoked"),
            Kind = One(Kind, TokenKinds.Parse, "is not a kind of token"),
            Subject = Value(Subject),
            Client = Value(Client),
            Session = Value(Session),
            Family = Value(Family),
            Scope = Value(Scope),
            KeyId = Value(Key),
            IssuedFrom = One(IssuedFrom, ParseTime, TimeFault),
            IssuedTo = One(IssuedTo, ParseTime, TimeFault),
            ExpiresFrom = One(ExpiresFrom, ParseTime, TimeFault),
            ExpiresTo = One(ExpiresTo, ParseTime, TimeFault),
            RevokedFrom = One(RevokedFrom, ParseTime, TimeFault),
            NeverPresented = One(NeverPresented, text => bool.TryParse(text, out var never) ? never : (bool?)null, "must be true or false") ?? false,
            Text = Value(Text),
        };

        string? Value(string name)
        {
            var text = find(name) is { Length: > 0 } given ? given : null;
            if (text?.Length > LongestValue)
            {
                found.Add(new FieldFault(name, $"must be at most {LongestValue} characters"));
                return null;
            }

            return text;
        }

        T? One<T>(string name, Func<string, T?> parse, string fault)
            where T : struct
        {
            if (Value(name) is not { } text)
            {
                return null;
            }

            var value = parse(text);
            if (value is null)
            {
                found.Add(new FieldFault(name, fault));
            }

            return value;
        }
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
        [IssuedFrom] = Iso(filter.IssuedFrom),
        [IssuedTo] = Iso(filter.IssuedTo),
        [ExpiresFrom] = Iso(filter.ExpiresFrom),
        [ExpiresTo] = Iso(filter.ExpiresTo),
        [RevokedFrom] = Iso(filter.RevokedFrom),
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

    /// <summary>Reads a moment; null for what is none. In UTC where nothing else is said.</summary>
    public static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        && time.Year >= 1970
            ? time
            : null;

    private static string? Iso(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
