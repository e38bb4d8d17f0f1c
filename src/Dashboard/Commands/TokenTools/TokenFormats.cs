namespace Dashboard.Commands.TokenTools;

/// <summary>In what form a token is printed.</summary>
internal static class TokenFormats
{
    public const string TokenOnly = "token-only";
    public const string Header = "header";
    public const string Json = "json";
}
