namespace Dashboard.Core.Gateway.Reading;

/// <summary>What an entry of a gateway becomes here, or why it cannot.</summary>
/// <param name="Value">Null where it cannot.</param>
/// <param name="Reason">Why; null where it can.</param>
/// <param name="Notes">What becomes different.</param>
internal sealed record GatewayRead<T>(T? Value, string? Reason, IReadOnlyList<string> Notes)
    where T : class
{
    public static GatewayRead<T> Of(T value, params IReadOnlyList<string> notes) => new(value, null, notes);

    public static GatewayRead<T> LeftOut(string reason) => new(null, reason, []);
}

/// <summary>Why an entry is left out. Sentences for people, and the same for every entry that has the same fault.</summary>
internal static class LeftOut
{
    public const string NoObject = "Its value is no JSON object.";
    public const string NoText = "Its value holds a text that is not Unicode.";
    public const string Expired = "It has expired.";
    public const string NoClient = "Its client is not among those that are taken over, nor known here.";
    public const string ClientEnded = "Its client has ended here.";
    public const string NoSubject = "It does not say whom it speaks for.";
    public const string ReservedSubject = "Whom it speaks for has a name that only people and agents of Signet have.";
    public const string BadText = "It has a text that is too long or holds control characters.";
    public const string NoDates = "It does not say when it was given out and until when it is good.";
    public const string BadScope = "Its scope is not one.";
    public const string NoKey = "The gateway’s key was not given, without which nobody can verify it.";
    public const string KeyOver = "The key that signed it was retired or revoked here.";
    public const string NotAToken = "It is not written like a refresh token of the gateway.";
    public const string SeveralResources = "It is for several resources; a token of Signet’s is for one.";
    public const string NoSecret = "It has no secret of 32 to 200 visible ASCII characters, so that its hash would not protect it.";
    public const string BadId = "Its id is not one.";
    public const string OtherId = "It calls itself otherwise than its key does.";

    public const string States = "An authorization that has begun there; it can be begun again here.";
    public const string Codes = "A code that the gateway gave out, good for minutes.";
    public const string Sessions = "A session of an MCP server beside the gateway, which goes on without it.";
    public const string UserTokens = "A list of a person’s tokens, which Signet finds by subject.";
}
