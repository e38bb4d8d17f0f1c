using System.Text.Json;
using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Requests and tokens with valid defaults.</summary>
internal static class TokenBuilder
{
    public static readonly Actor Somebody = Actor.OfCommand("alice") with { Ip = "192.0.2.1", Session = "s-1" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A request that can be issued as it is.</summary>
    public static TokenRequest Request(TokenKind kind = TokenKind.Access) => new()
    {
        Kind = kind,
        Subject = kind is TokenKind.Operator ? "operator:alice" : "user-1",
        Client = "client-1",
        Scopes = ["files:read", "files:write"],
        Who = Somebody,
    };

    /// <summary>Issues a token that has to be issued.</summary>
    public static async Task<TokenIssueOutcome.Issued> IssueAsync(this CoreHost host, TokenRequest? request = null) =>
        Assert.IsType<TokenIssueOutcome.Issued>(await host.Get<TokenIssuer>().IssueAsync(request ?? Request(), Stop));

    public static async Task<IReadOnlyList<FieldFault>> FaultsAsync(this CoreHost host, TokenRequest request) =>
        Assert.IsType<TokenIssueOutcome.Invalid>(await host.Get<TokenIssuer>().IssueAsync(request, Stop)).Faults;

    public static async Task<LedgerEntry> RowAsync(this CoreHost host, string tokenId)
    {
        var row = await host.Get<TokenDirectory>().FindAsync(tokenId, Stop);
        Assert.NotNull(row);
        return row;
    }

    public static async Task<TokenVerdict> ValidateAsync(
        this CoreHost host, string token, ValidationContext? context = null) =>
        await host.Get<TokenValidator>().ValidateAsync(token, context ?? new ValidationContext(), Stop);

    /// <summary>The code of the refusal; null where the token is accepted.</summary>
    public static async Task<string?> CodeAsync(this CoreHost host, string token, ValidationContext? context = null) =>
        await host.ValidateAsync(token, context) is TokenVerdict.Refused refused ? refused.Reason.Code : null;

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
