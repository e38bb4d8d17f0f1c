namespace Dashboard.Core.Tokens.Validation.Checks;

/// <summary>1: three parts of canonical base64url, two of them JSON objects.</summary>
internal sealed class FormatCheck() : TokenCheck("format", "Is it a well-formed signed token?")
{
    public const string Unreadable = "The token could not be read.";

    protected override CheckOutcome Run(TokenUnderCheck token)
    {
        token.Read();
        return token.Parsed is null
            ? CheckOutcome.Failed(TokenRefusal.Malformed, $"JWT token format is invalid. {token.ParseFault}")
            : CheckOutcome.Passed(token.Explain ? "Three parts, header and payload are JSON objects." : null);
    }
}
