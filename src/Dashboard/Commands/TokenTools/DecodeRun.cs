using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens.Inspection;

namespace Dashboard.Commands.TokenTools;

/// <summary>One reading of a token.</summary>
internal sealed class DecodeRun(CommandRun run, TimeProvider clock)
{
    private const string Warning = "Nothing was verified: anybody can write a token that says this.";

    public async Task<int> RunAsync(string given, CancellationToken cancellationToken)
    {
        var text = await TokenInput.ReadAsync(run, given, cancellationToken);
        if (TokenInput.Find(run, text, out var nothing) is not { } found)
        {
            return TokenInput.RefuseNothing(run, nothing);
        }

        var now = clock.GetUtcNow();
        return DecodedToken.Read(found.Text, now, out var fault) is { } token
            ? Answer(token, found.FoundIn, now)
            : run.Refuse("MALFORMED_TOKEN", $"This is no token that can be read. {fault}");
    }

    private int Answer(DecodedToken token, string? foundIn, DateTimeOffset now) => run.Answer(
        new
        {
            verified = false,
            found_in = foundIn,
            token.Header,
            token.Claims,
            token.Issuer,
            token.Subject,
            jti = token.TokenId,
            client_id = token.Client,
            audience = token.Audiences,
            token.Scopes,
            token.IssuedAt,
            token.NotBefore,
            token.ExpiresAt,
            expires_in = (long?)(token.ExpiresAt - now)?.TotalSeconds,
            warnings = token.Oddities,
        },
        writer => Write(writer, token, now));

    private static void Write(TextWriter writer, DecodedToken token, DateTimeOffset now)
    {
        writer.WriteLine(Warning);
        writer.WriteLine();
        writer.WriteLine($"Header: {TokenText.Json(token.Header)}");
        writer.WriteLine($"Claims: {TokenText.Json(token.Claims)}");
        writer.WriteLine();
        writer.WriteLine($"Issued:     {TokenText.Moment(token.IssuedAt, now)}");
        writer.WriteLine($"Not before: {TokenText.Moment(token.NotBefore, now)}");
        writer.WriteLine($"Expires:    {TokenText.Expiry(token.ExpiresAt, now)}");
        writer.WriteLine($"Scopes:     {(token.Scopes is [] ? "none" : CommandText.Plain(ScopeText.Join(token.Scopes)))}");
        foreach (var oddity in token.Oddities)
        {
            writer.WriteLine($"Odd:        {oddity}");
        }
    }
}
