namespace Dashboard.Core.Keys;

/// <summary>How a key signs (RFC 7518 section 3.1). One key has one algorithm; a token's header never chooses.</summary>
public enum KeyAlgorithm
{
    RS256,
    ES256,
    HS256,
}
