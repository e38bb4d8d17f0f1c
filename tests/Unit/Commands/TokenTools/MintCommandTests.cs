using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Commands.TokenTools;

/// <summary><c>token mint</c> on the store of a server that runs meanwhile.</summary>
public sealed class MintCommandTests : IAsyncLifetime
{
    private CommandRunner _runner = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _runner = await CommandRunner.StartAsync();

        // Commands go by the real clock.
        _runner.Host.Clock.Jump(TimeProvider.System.GetUtcNow());
    }

    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    [Fact]
    public async Task A_token_is_all_there_is_on_standard_output_and_good_at_the_server()
    {
        Assert.Equal(0, await _runner.RunAsync(
            "token", "mint", "--subject", "alice", "--scopes", "files:read,files:write", "--client", "app-1", "--expires-in", "15m",
            "--claims", """{"team":"blue"}""", "--reason", "for a demonstration"));

        var token = DecodedToken.Read(_runner.Answer(), _runner.Host.Clock.GetUtcNow(), out _)!;
        Assert.Equal(("alice", "app-1"), (token.Subject, token.Client));
        Assert.Equal(["files:read", "files:write"], token.Scopes);
        Assert.Equal(TimeSpan.FromMinutes(15), token.ExpiresAt - token.NotBefore);
        Assert.Equal("blue", token.Claims.GetProperty("team").GetString());
        Assert.Contains($"Minted {token.TokenId} for alice", _runner.Said, StringComparison.Ordinal);
        var row = await _runner.Host.RowAsync(token.TokenId!);
        Assert.Equal((TokenKind.Minted, $"cli:{Environment.UserName}"), (row.Kind, row.IssuedBy));
        var entry = Assert.Single((await _runner.Host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: token.TokenId), null, 10, Stop)).Items).Entry;
        Assert.Equal(("token.minted", "for a demonstration"), (entry.Action, entry.Reason));
    }

    [Fact]
    public async Task A_running_server_hears_of_it_and_accepts_the_token()
    {
        await _runner.Host.StartHostedAsync();
        using var heard = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var tokens = _runner.Host.Get<IChangeFeed>().ReadAsync(ChangeKind.Tokens, heard.Token).GetAsyncEnumerator(heard.Token);
        var change = tokens.MoveNextAsync().AsTask();

        Assert.Equal(0, await _runner.RunAsync("token", "mint", "--user-id", "alice", "--scopes", "", "--format", "token-only"));
        await Eventually.TrueAsync(() =>
        {
            _runner.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            return change.IsCompleted;
        });

        Assert.Null(await _runner.Host.CodeAsync(_runner.Answer()));
        await heard.CancelAsync();
        await _runner.Host.StopHostedAsync();
    }

    [Fact]
    public async Task The_form_decides_what_is_printed()
    {
        Assert.Equal(0, await _runner.RunAsync("token", "mint", "--subject", "alice", "--format", "token-only"));
        Assert.Matches(@"^eyJ[\w-]+\.[\w-]+\.[\w-]+$", _runner.Answer());
        Assert.Equal(0, await _runner.RunAsync("token", "mint", "--subject", "alice", "--format", "header"));
        Assert.Matches(@"^Authorization: Bearer eyJ[\w-]+\.[\w-]+\.[\w-]+$", _runner.Answer());
        Assert.Equal("", _runner.Said);

        Assert.Equal(0, await _runner.RunAsync("token", "mint", "--subject", "alice", "--expires-in", "60", "--format", "json"));

        var answer = TokenBuilder.Json(_runner.Answer());
        Assert.Equal(
            ["access_token", "token_type", "expires_in", "jti", "expires_at"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal(60, answer.GetProperty("expires_in").GetInt32());
        Assert.Equal("", _runner.Said);
    }

    [Theory]
    [InlineData("expired", "TOKEN_EXPIRED", "--expired")]
    [InlineData("not_yet_valid", "TOKEN_NOT_YET_VALID", "--not-yet-valid")]
    [InlineData("invalid_signature", "INVALID_SIGNATURE", "--invalid-signature")]
    [InlineData("wrong_audience", "WRONG_AUDIENCE", "--wrong-audience")]
    [InlineData("missing_claim:exp", "MISSING_CLAIMS", "--missing-claim", "exp")]
    public async Task A_test_token_is_marked_in_the_ledger_and_refused(string defect, string code, params string[] options)
    {
        var minted = await _runner.ReadAsync(["token", "mint", "--subject", "alice", .. options]);

        var row = await _runner.Host.RowAsync(minted.GetProperty("jti").GetString()!);
        Assert.Equal(defect, row.Defect);
        Assert.NotNull(row.Revoked);
        Assert.Equal(code, await _runner.Host.CodeAsync(minted.GetProperty("access_token").GetString()!));
    }

    [Fact]
    public async Task A_dry_run_shows_the_claims_and_mints_nothing()
    {
        var claims = await _runner.ReadAsync("token", "mint", "--subject", "alice", "--scopes", "a b", "--dry-run");

        Assert.Equal(("alice", "a b"), (claims.GetProperty("sub").GetString(), claims.GetProperty("scope").GetString()));
        Assert.Empty((await _runner.Host.Get<Core.Tokens.Ledger.TokenDirectory>().ListAsync(
            new Core.Tokens.Ledger.LedgerFilter(), null, 10, Stop)).Items);
    }

    [Theory]
    [InlineData("'sub', which the issuer sets", "--subject", "alice", "--claims", """{"sub":"bob"}""")]
    [InlineData("--claims must be well-formed JSON", "--subject", "alice", "--claims", "{")]
    [InlineData("--subject must not begin with 'operator:'", "--subject", "operator:admin")]
    [InlineData("--subject must not begin with 'operator:'", "--subject", "operator:admin", "--dry-run")]
    [InlineData("one thing wrong", "--subject", "alice", "--expired", "--wrong-audience")]
    [InlineData("--expires-in must be", "--subject", "alice", "--expires-in", "soon")]
    [InlineData("--expires-in must be between", "--subject", "alice", "--expires-in", "60w")]
    [InlineData("--algorithm must be", "--subject", "alice", "--algorithm", "none")]
    [InlineData("nbf", "--subject", "alice", "--missing-claim", "nbf")]
    [InlineData("--subject", "--scopes", "a")]
    public async Task What_cannot_be_minted_is_said_and_nothing_is(string fault, params string[] options)
    {
        Assert.Equal(2, await _runner.RunAsync(["token", "mint", .. options]));

        Assert.Contains(fault, _runner.Said, StringComparison.Ordinal);
        Assert.Equal("", _runner.Answer());
    }
}
