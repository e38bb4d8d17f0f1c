namespace Dashboard.OAuth.Authorize;

/// <summary>
/// Says in words what a scope allows, as far as its spelling tells. The scope itself always stands beside them: what it means
/// in the end is for the API to say that accepts it.
/// </summary>
internal static class ScopeWords
{
    public static string Of(string scope)
    {
        if (OfWhole(scope) is { } whole)
        {
            return whole;
        }

        var cut = scope.LastIndexOfAny([':', '.', '/']);
        return cut > 0 && VerbOf(scope[(cut + 1)..]) is { } verb ? $"{verb} {AreaOf(scope[..cut])}" : $"Use {AreaOf(scope)}";
    }

    private static string? OfWhole(string scope) => scope switch
    {
        "openid" => "Know who you are",
        "profile" => "See your name and profile",
        "email" => "See your e-mail address",
        "offline_access" => "Act for you while you are away",
        "*" or "admin" => "Do everything that you may do",
        _ => VerbOf(scope) is { } verb ? $"{verb} your data" : null,
    };

    private static string? VerbOf(string word) => word switch
    {
        "read" or "readonly" or "view" or "list" => "Read",
        "write" or "update" or "edit" => "Read and change",
        "create" => "Add to",
        "delete" => "Delete from",
        "execute" or "run" => "Run",
        "admin" or "manage" => "Manage",
        "*" => "Do everything with",
        _ => null,
    };

    private static string AreaOf(string text) => text.Replace(':', ' ').Replace('_', ' ').Replace('-', ' ');
}
