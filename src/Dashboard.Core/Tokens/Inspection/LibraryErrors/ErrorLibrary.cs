namespace Dashboard.Core.Tokens.Inspection.LibraryErrors;

/// <summary>A library that validates tokens and whose error texts are known.</summary>
/// <param name="Name">As its users call it.</param>
/// <param name="Platform">The language or platform it is for.</param>
public sealed record ErrorLibrary(string Name, string Platform)
{
    internal static readonly ErrorLibrary GoJose = new("go-jose", "Go");
    internal static readonly ErrorLibrary GolangJwt = new("golang-jwt", "Go");
    internal static readonly ErrorLibrary PyJwt = new("PyJWT", "Python");
    internal static readonly ErrorLibrary JsonWebToken = new("jsonwebtoken", "Node.js");
    internal static readonly ErrorLibrary Jose = new("jose", "JavaScript");
    internal static readonly ErrorLibrary JavaJwt = new("java-jwt", "Java");
    internal static readonly ErrorLibrary Jjwt = new("JJWT", "Java");
    internal static readonly ErrorLibrary Nimbus = new("Nimbus JOSE + JWT", "Java");
    internal static readonly ErrorLibrary SpringSecurity = new("Spring Security", "Java");
    internal static readonly ErrorLibrary LiveKit = new("LiveKit", "WebRTC");
    internal static readonly ErrorLibrary IdentityModel = new("Microsoft.IdentityModel", ".NET");
}
