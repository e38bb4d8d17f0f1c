namespace Dashboard.ApiReference;

/// <summary>The API's description in the shape that the page shows.</summary>
public sealed record ApiBook(
    IReadOnlyList<string> Introduction,
    IReadOnlyList<ApiCredential> Credentials,
    IReadOnlyList<ApiChapter> Chapters,
    IReadOnlyList<ApiObject> Objects);

/// <summary>What callers prove themselves with.</summary>
public sealed record ApiCredential(string Name, string Description);

/// <summary>A family of endpoints.</summary>
public sealed record ApiChapter(string Name, IReadOnlyList<ApiSection> Sections);

/// <summary>The endpoints of one tag.</summary>
public sealed record ApiSection(string Name, string? Description, IReadOnlyList<ApiCall> Calls)
{
    /// <summary>What its heading is reached by.</summary>
    public string Anchor => "tag-" + Name.ToLowerInvariant().Replace(' ', '-');
}

/// <summary>One endpoint.</summary>
/// <param name="Id">Its operation id, also the name of its place on the page.</param>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Description">What else there is to know; null where there is nothing.</param>
/// <param name="Credentials">What it takes, one of them; an empty name where it needs nothing, none where it takes nothing.</param>
/// <param name="Roles">The roles that may; none where a login is enough or none is needed.</param>
/// <param name="NeedsRecentProof">True where having logged in once is not enough.</param>
/// <param name="Parameters">Those of its path, query and headers.</param>
/// <param name="Body">Its body; null where it has none.</param>
/// <param name="Answers">Its answers by status.</param>
public sealed record ApiCall(
    string Id,
    string Method,
    string Path,
    string Summary,
    string? Description,
    IReadOnlyList<string> Credentials,
    IReadOnlyList<string> Roles,
    bool NeedsRecentProof,
    IReadOnlyList<ApiMember> Parameters,
    ApiBody? Body,
    IReadOnlyList<ApiAnswer> Answers);

/// <summary>A body: of a type that has a name, or with members of its own.</summary>
public sealed record ApiBody(string ContentType, ApiType Type, IReadOnlyList<ApiMember> Members);

/// <summary>An answer.</summary>
public sealed record ApiAnswer(string Status, string Description, string? ContentType, ApiType? Type, IReadOnlyList<string> Codes);

/// <summary>An object with a name.</summary>
public sealed record ApiObject(string Name, string? Description, IReadOnlyList<ApiMember> Members);

/// <summary>A member of an object, or a parameter.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Place">Where a parameter stands; null for a member.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">True where it must be there.</param>
/// <param name="Description">What it is for; null where its name says it.</param>
/// <param name="Choices">The values that are known; none where any is.</param>
public sealed record ApiMember(
    string Name, string? Place, ApiType Type, bool IsRequired, string? Description, IReadOnlyList<string> Choices);

/// <summary>A type in words.</summary>
/// <param name="Text">The words, before the names of the objects where there are any.</param>
/// <param name="Objects">The objects that are meant, one of them; none for simple types.</param>
public sealed record ApiType(string Text, params IReadOnlyList<string> Objects);
